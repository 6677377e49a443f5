/** Notes about visits: hashes are a projection of the log, their texts stand beside them and can be purged. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import type { NoteTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'
import type { EntryNoted, EntryRef } from '#domain/events.ts'

/** What the log tells of a note. */
export type NoteFact = EntryNoted & { counterId: string | null; officerId: string | null; notedAt: number }
/** A text with what proves it. */
export type NoteText = EntryRef & { valueHash: string; salt: string; value: string }
/** A note of another counter of the agency. */
export type ReceivedNote = NoteText & { counterId: string | null; officerId: string | null; notedAt: number }
/** A note that can still be read. */
export type Note = ReceivedNote

export function createNotes({ db }: Store) {
  const insert = prepare<NoteTable, never>(db, (q, p) =>
    q
      .insertInto('note')
      .values({
        visit_id: p('visit_id'),
        entry_no: p('entry_no'),
        value_hash: p('value_hash'),
        note_no: p('note_no'),
        counter_id: p('counter_id'),
        officer_id: p('officer_id'),
        noted_at: p('noted_at'),
        salt: p('salt'),
        value: p('value'),
        unsent: p('unsent'),
      })
      // The server gives one's own back as well: the salted hash is the same only for the same note.
      .onConflict((conflict) => conflict.doNothing()),
  )
  const setText = prepare<NoteText, never>(db, (q, p) =>
    q
      .updateTable('note')
      .set({ salt: p('salt'), value: p('value'), unsent: 1 })
      .where('visit_id', '=', p('visitId'))
      .where('entry_no', '=', p('entryNo'))
      .where('value_hash', '=', p('valueHash')),
  )
  const highest = prepare<EntryRef, { n: number | null }>(db, (q, p) =>
    q
      .selectFrom('note')
      .select(({ fn }) => fn.max('note_no').as('n'))
      .where('visit_id', '=', p('visitId'))
      .where('entry_no', '=', p('entryNo')),
  )
  const ofVisits = prepare<{ visitIds: string }, NoteTable>(db, (q, p) =>
    q
      .selectFrom('note')
      .selectAll()
      .where('visit_id', 'in', sql<string>`(select value from json_each(${p('visitIds')}))`)
      .where('value', 'is not', null)
      .orderBy('noted_at')
      .orderBy('note_no'),
  )
  const unsent = prepare<{ limit: number }, NoteTable>(db, (q, p) =>
    q.selectFrom('note').selectAll().where('unsent', '=', sql.lit(1)).limit(p('limit')),
  )
  const markSent = prepare<EntryRef & { valueHash: string }, never>(db, (q, p) =>
    q
      .updateTable('note')
      .set({ unsent: 0 })
      .where('visit_id', '=', p('visitId'))
      .where('entry_no', '=', p('entryNo'))
      .where('value_hash', '=', p('valueHash')),
  )
  const resendOwn = prepare<Record<never, never>, never>(db, (q) =>
    q.updateTable('note').set({ unsent: 1 }).where('note_no', 'is not', null).where('value', 'is not', null),
  )
  const forget = prepare<{ before: number }, never>(db, (q, p) =>
    q
      .updateTable('note')
      .set({ salt: null, value: null, unsent: 0 })
      .where('noted_at', '<', p('before'))
      .where('value', 'is not', null),
  )
  const want = prepare<{ visitId: string }, never>(db, (q, p) =>
    q
      .insertInto('note_wanted')
      .values({ visit_id: p('visitId') })
      .onConflict((conflict) => conflict.doNothing()),
  )
  const wanted = prepare<Record<never, never>, { visitId: string }>(db, (q) =>
    q.selectFrom('note_wanted').select('visit_id as visitId'),
  )
  const unwant = prepare<{ visitId: string }, never>(db, (q, p) =>
    q.deleteFrom('note_wanted').where('visit_id', '=', p('visitId')),
  )

  return {
    /** From the log: a note was written here. */
    add: (fact: NoteFact): void => void insert.run(noteRow(fact)),
    /** The text of a note that the log knows of; to be sent. */
    setText: ({ visitId, entryNo, valueHash, salt, value }: NoteText): void =>
      void setText.run({ visitId, entryNo, valueHash, salt, value }),
    addReceived: (note: ReceivedNote): void => void insert.run(receivedRow(note)),
    /** The number that the next note about this entry gets. */
    nextNo: ({ visitId, entryNo }: EntryRef): number => (highest.get({ visitId, entryNo })?.n ?? 0) + 1,
    /** What can still be read of these visits, oldest first. */
    ofVisits: (visitIds: readonly string[]): Note[] =>
      ofVisits.all({ visitIds: JSON.stringify(visitIds) }).flatMap(readable),
    unsent: (limit: number): Note[] => unsent.all({ limit }).flatMap(readable),
    markSent: ({ visitId, entryNo, valueHash }: NoteText): void => void markSent.run({ visitId, entryNo, valueHash }),
    /** A server that may have lost them gets them again. */
    resendOwn: (): void => void resendOwn.run({}),
    /** Removes the texts of older notes, also unsent ones; hashes stay. Returns how many. */
    forgetBefore: (before: number): number => forget.run({ before }),
    /** The server has notes about this visit; to be fetched until they are here. */
    want: (visitId: string): void => void want.run({ visitId }),
    wanted: (): string[] => wanted.all({}).map(({ visitId }) => visitId),
    unwant: (visitId: string): void => void unwant.run({ visitId }),
    all: (): NoteTable[] => db.prepare<[], NoteTable>('SELECT * FROM note ORDER BY visit_id, entry_no').all(),
  }
}

/** The row as the log alone has it. */
export function noteRow({ visitId, entryNo, valueHash, noteNo, counterId, officerId, notedAt }: NoteFact): NoteTable {
  return {
    visit_id: visitId,
    entry_no: entryNo,
    value_hash: valueHash,
    note_no: noteNo,
    counter_id: counterId,
    officer_id: officerId,
    noted_at: notedAt,
    salt: null,
    value: null,
    unsent: 0,
  }
}

function receivedRow({ salt, value, ...note }: ReceivedNote): NoteTable {
  return { ...noteRow({ ...note, noteNo: 0 }), note_no: null, salt, value }
}

function readable(row: NoteTable): Note[] {
  const { salt, value } = row
  if (salt === null || value === null) return []
  return [
    {
      visitId: row.visit_id,
      entryNo: row.entry_no,
      valueHash: row.value_hash,
      counterId: row.counter_id,
      officerId: row.officer_id,
      notedAt: row.noted_at,
      salt,
      value,
    },
  ]
}

/** The counter's own hand: entries it alone may call. A row stays after use, so a late grant never revives it. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import { lineColumns, rankOf, returnColumns, returnsToOf } from '#db/repositories/place-columns.ts'
import { createTombstones } from '#db/repositories/tombstones.ts'
import type { HandTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'
import { compareGrants } from '#domain/claim.ts'
import type { HandEntry } from '#domain/desk-command.ts'
import type { EntryAsKnown, EntryRef, GrantNo } from '#domain/events.ts'
import { type HandState, takesGrant } from '#domain/hand.ts'

/** An entry of the hand, whatever became of it. */
export type HandRecord = HandEntry & { state: HandState }

export function createHand(store: Store) {
  const { db } = store
  const tombstones = createTombstones(store)
  const put = prepare<HandTable, never>(db, (q, p) =>
    q.replaceInto('hand').values({
      visit_id: p('visit_id'),
      entry_no: p('entry_no'),
      incarnation: p('incarnation'),
      grant_n: p('grant_n'),
      state: p('state'),
      label: p('label'),
      business_date: p('business_date'),
      service_id: p('service_id'),
      priority: p('priority'),
      is_priority: p('is_priority'),
      journey_id: p('journey_id'),
      issued_at: p('issued_at'),
      waiting_since: p('waiting_since'),
      ord: p('ord'),
      appointment_at: p('appointment_at'),
      rank_since: p('rank_since'),
      rank_by: p('rank_by'),
      goes_first: p('goes_first'),
      returns_service_id: p('returns_service_id'),
      returns_counter_id: p('returns_counter_id'),
      returns_journey_id: p('returns_journey_id'),
    }),
  )
  const one = prepare<EntryRef, HandTable>(db, (q, p) =>
    q.selectFrom('hand').selectAll().where('visit_id', '=', p('visitId')).where('entry_no', '=', p('entryNo')),
  )
  // The index of held entries is partial: SQLite uses it only when the query says 'held' itself, not by a parameter.
  const heads = [0, 1].map((isPriority) =>
    prepare<{ businessDate: string }, HandTable>(db, (q, p) =>
      q
        .selectFrom('hand')
        .selectAll()
        .where('state', '=', sql.lit('held'))
        // The cast hides the parameter from the planner, which would else plan the query again on every call.
        .where('business_date', '=', sql<string>`cast(${p('businessDate')} as text)`)
        .where('is_priority', '=', sql.lit(isPriority))
        .orderBy('goes_first', 'desc')
        .orderBy('rank_since')
        .orderBy('ord')
        .limit(sql.lit(1)),
    ),
  )
  const held = prepare<{ businessDate: string }, HandTable>(db, (q, p) =>
    q
      .selectFrom('hand')
      .selectAll()
      .where('state', '=', sql.lit('held'))
      .where('business_date', '=', p('businessDate'))
      .orderBy('is_priority')
      .orderBy('goes_first', 'desc')
      .orderBy('rank_since')
      .orderBy('ord'),
  )
  const heldBefore = prepare<{ businessDate: string }, HandTable>(db, (q, p) =>
    q
      .selectFrom('hand')
      .selectAll()
      .where('state', '=', sql.lit('held'))
      .where('business_date', '<', sql<string>`cast(${p('businessDate')} as text)`),
  )
  const allHeld = prepare<Record<never, never>, HandTable>(db, (q) =>
    q.selectFrom('hand').selectAll().where('state', '=', sql.lit('held')).orderBy('waiting_since').orderBy('ord'),
  )
  const day = prepare<{ businessDate: string }, HandTable>(db, (q, p) =>
    q.selectFrom('hand').selectAll().where('business_date', '=', p('businessDate')),
  )
  const setState = prepare<EntryRef & { state: HandState }, never>(db, (q, p) =>
    q
      .updateTable('hand')
      .set({ state: p('state') })
      .where('visit_id', '=', p('visitId'))
      .where('entry_no', '=', p('entryNo')),
  )
  const requeue = prepare<EntryRef & { waitingSince: number }, never>(db, (q, p) =>
    q
      .updateTable('hand')
      .set({
        state: 'held',
        waiting_since: p('waitingSince'),
        rank_since: p('waitingSince'),
        rank_by: sql.lit(null),
        goes_first: sql.lit(0),
      })
      .where('visit_id', '=', p('visitId'))
      .where('entry_no', '=', p('entryNo')),
  )
  const useGranted = prepare<EntryRef & GrantNo, never>(db, (q, p) =>
    q
      .updateTable('hand')
      .set({ state: 'used' })
      .where('visit_id', '=', p('visitId'))
      .where('entry_no', '=', p('entryNo'))
      .where('incarnation', '=', p('incarnation'))
      .where('grant_n', '=', p('n')),
  )
  const ofVisit = prepare<{ visitId: string }, { state: string }>(db, (q, p) =>
    q.selectFrom('hand').select('state').where('visit_id', '=', p('visitId')).limit(sql.lit(1)),
  )

  function get({ visitId, entryNo }: EntryRef): HandRecord | null {
    const row = one.get({ visitId, entryNo })
    return row ? fromRow(row) : null
  }

  return {
    tombstones,
    get,
    /** Whether an entry of this visit was ever in this hand. */
    knowsVisit: (visitId: string): boolean => ofVisit.get({ visitId }) !== undefined,
    /** Takes a grant. Returns false when it is not newer than what is known of the entry, or the entry is open or ended here. */
    grant(entry: HandEntry): boolean {
      const known = get(entry)
      const tombstone = tombstones.get(entry)
      const isVoid = tombstone !== null && !takesGrant({ grant: tombstone, state: 'void' }, entry.grant)
      if (isVoid || !takesGrant(known, entry.grant)) return false
      put.run(toRow({ ...entry, state: 'held' }))
      return true
    },
    /** The entry is opened here, under the custody that the opening fact names. */
    use(entry: EntryAsKnown): void {
      const { visitId, entryNo, grant } = entry
      if (useGranted.run({ visitId, entryNo, ...grant }) > 0) return
      const known = get(entry)
      // Own custody in the place of a grant: that grant stays void, should it come once more.
      if (known && compareGrants(known.grant, grant) > 0) tombstones.put(entry, known.grant)
      const order = known?.order ?? grant.n
      put.run(toRow({ ...entry, order, isPriority: entry.priority !== null, state: 'used' }))
    },
    /** First entry of each class on a day: all that the rank rule looks at. */
    heads(businessDate: string): HandEntry[] {
      return heads.flatMap((statement) => {
        const row = statement.get({ businessDate })
        return row ? [fromRow(row)] : []
      })
    },
    /** Everything held for a day. */
    held: (businessDate: string): HandEntry[] => held.all({ businessDate }).map(fromRow),
    /** Everything held for days that are over. */
    heldBefore: (businessDate: string): HandEntry[] => heldBefore.all({ businessDate }).map(fromRow),
    /** Everything held, whatever its date: what a closing counter gives back. */
    allHeld: (): HandEntry[] => allHeld.all({}).map(fromRow),
    /** Everything that was ever in the hand on a day. */
    ofDay: (businessDate: string): HandRecord[] => day.all({ businessDate }).map(fromRow),
    all: (): HandRecord[] =>
      db.prepare<[], HandTable>('SELECT * FROM hand ORDER BY visit_id, entry_no').all().map(fromRow),
    /** Waits again, from now on. */
    requeue: ({ visitId, entryNo }: EntryRef, waitingSince: number): void =>
      void requeue.run({ visitId, entryNo, waitingSince }),
    /** Changes what became of an entry; its grant and rank stay. */
    setState: ({ visitId, entryNo }: EntryRef, state: HandState): void =>
      void setState.run({ visitId, entryNo, state }),
  }
}

function fromRow(row: HandTable): HandRecord {
  return {
    visitId: row.visit_id,
    entryNo: row.entry_no,
    grant: { incarnation: row.incarnation, n: row.grant_n },
    state: row.state,
    label: row.label,
    businessDate: row.business_date,
    serviceId: row.service_id,
    priority: row.priority,
    isPriority: row.is_priority === 1,
    journeyId: row.journey_id,
    issuedAt: row.issued_at,
    waitingSince: row.waiting_since,
    order: row.ord,
    appointmentAt: row.appointment_at ?? undefined,
    rank: rankOf(row),
    returnsTo: returnsToOf(row),
  }
}

function toRow(entry: HandRecord): HandTable {
  return {
    visit_id: entry.visitId,
    entry_no: entry.entryNo,
    incarnation: entry.grant.incarnation,
    grant_n: entry.grant.n,
    state: entry.state,
    label: entry.label,
    business_date: entry.businessDate,
    service_id: entry.serviceId,
    priority: entry.priority,
    is_priority: Number(entry.isPriority),
    journey_id: entry.journeyId,
    issued_at: entry.issuedAt,
    waiting_since: entry.waitingSince,
    ord: entry.order,
    appointment_at: entry.appointmentAt ?? null,
    ...lineColumns(entry),
    ...returnColumns(entry),
  }
}

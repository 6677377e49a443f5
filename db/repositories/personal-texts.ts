/** Personal text, outside the log so that it can be purged. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'

export type PersonalText = { visitId: string; entryNo: number; key: string; salt: string; value: string }
type Key = { visitId: string; entryNo: number; key: string }

export function createPersonalTexts({ db }: Store) {
  const put = prepare<PersonalText & { own: number }, never>(db, (q, p) =>
    q
      .insertInto('personal_text')
      .values({
        visit_id: p('visitId'),
        entry_no: p('entryNo'),
        key: p('key'),
        salt: p('salt'),
        value: p('value'),
        unsent: p('own'),
        own: p('own'),
      })
      // One's own that comes back stays one's own.
      .onConflict((conflict) =>
        conflict.columns(['visit_id', 'entry_no', 'key']).doUpdateSet((eb) => ({
          salt: eb.ref('excluded.salt'),
          value: eb.ref('excluded.value'),
          unsent: eb.fn('max', ['unsent', 'excluded.unsent']),
          own: eb.fn('max', ['own', 'excluded.own']),
        })),
      ),
  )
  const columns = ['visit_id as visitId', 'entry_no as entryNo', 'key', 'salt', 'value'] as const
  const ofVisit = prepare<{ visitId: string }, PersonalText>(db, (q, p) =>
    q.selectFrom('personal_text').select(columns).where('visit_id', '=', p('visitId')).orderBy('entry_no'),
  )
  const unsent = prepare<{ limit: number }, PersonalText>(db, (q, p) =>
    q.selectFrom('personal_text').select(columns).where('unsent', '=', sql.lit(1)).limit(p('limit')),
  )
  const markSent = prepare<Key, never>(db, (q, p) =>
    q
      .updateTable('personal_text')
      .set({ unsent: 0 })
      .where('visit_id', '=', p('visitId'))
      .where('entry_no', '=', p('entryNo'))
      .where('key', '=', p('key')),
  )

  const resendOwn = prepare<Record<never, never>, never>(db, (q) =>
    q.updateTable('personal_text').set({ unsent: 1 }).where('own', '=', sql.lit(1)),
  )

  const forget = prepare<{ date: string }, never>(db, (q, p) =>
    q
      .deleteFrom('personal_text')
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('hand')
              .select('hand.visit_id')
              .whereRef('hand.visit_id', '=', 'personal_text.visit_id')
              .where('hand.business_date', '>=', p('date')),
          ),
        ),
      )
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('entry')
              .select('entry.visit_id')
              .whereRef('entry.visit_id', '=', 'personal_text.visit_id')
              .where('entry.business_date', '>=', p('date')),
          ),
        ),
      ),
  )

  return {
    /** Written at this desk; to be sent. */
    addOwn: (text: PersonalText): void => void put.run({ ...text, own: 1 }),
    /** Received for an entry in this counter's hand. */
    addReceived: (text: PersonalText): void => void put.run({ ...text, own: 0 }),
    ofVisit: (visitId: string): PersonalText[] => ofVisit.all({ visitId }),
    unsent: (limit: number): PersonalText[] => unsent.all({ limit }),
    markSent: ({ visitId, entryNo, key }: Key): void => void markSent.run({ visitId, entryNo, key }),
    /** A server that may have lost them gets them again. */
    resendOwn: (): void => void resendOwn.run({}),
    /** Removes the texts of visits of earlier dates, also unsent ones; events and their hashes stay. Returns how many. */
    forgetBefore: (date: string): number => forget.run({ date }),
  }
}

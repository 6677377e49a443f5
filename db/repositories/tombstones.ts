/** Grants that are void although they never arrived, or that a desk's own custody has taken the place of. */
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'
import type { EntryRef, GrantNo } from '#domain/events.ts'

type Row = { visitId: string; entryNo: number; incarnation: number; n: number }

export function createTombstones({ db }: Store) {
  const columns = ['visit_id as visitId', 'entry_no as entryNo', 'incarnation', 'n'] as const
  const put = prepare<Row, never>(db, (q, p) =>
    q
      .insertInto('tombstone')
      .values({ visit_id: p('visitId'), entry_no: p('entryNo'), incarnation: p('incarnation'), n: p('n') })
      .onConflict((conflict) =>
        conflict
          .columns(['visit_id', 'entry_no'])
          .doUpdateSet((eb) => ({ incarnation: eb.ref('excluded.incarnation'), n: eb.ref('excluded.n') }))
          // Only the latest matters: every grant before it is void, too.
          .where(({ eb, or, and }) =>
            or([
              eb('tombstone.incarnation', '<', eb.ref('excluded.incarnation')),
              and([
                eb('tombstone.incarnation', '=', eb.ref('excluded.incarnation')),
                eb('tombstone.n', '<', eb.ref('excluded.n')),
              ]),
            ]),
          ),
      ),
  )
  const one = prepare<{ visitId: string; entryNo: number }, Row>(db, (q, p) =>
    q.selectFrom('tombstone').select(columns).where('visit_id', '=', p('visitId')).where('entry_no', '=', p('entryNo')),
  )

  return {
    put: ({ visitId, entryNo }: EntryRef, { incarnation, n }: GrantNo): void =>
      void put.run({ visitId, entryNo, incarnation, n }),
    get({ visitId, entryNo }: EntryRef): GrantNo | null {
      const row = one.get({ visitId, entryNo })
      return row ? { incarnation: row.incarnation, n: row.n } : null
    },
  }
}

/** What the server found about events of this device. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'

type NewFinding = { generation: number; seq: number; code: string; foundAt: number }
export type FoundEvent = NewFinding & { body: string }

export function createFindings({ db }: Store) {
  const insert = prepare<NewFinding, never>(db, (q, p) =>
    q
      .insertInto('finding')
      .values({
        generation: p('generation'),
        seq: p('seq'),
        code: p('code'),
        found_at: p('foundAt'),
        settled: 0,
      })
      // A repeated push tells its findings again.
      .onConflict((conflict) => conflict.doNothing()),
  )
  const open = prepare<Record<never, never>, FoundEvent>(db, (q) =>
    q
      .selectFrom('finding')
      .innerJoin('event', (join) =>
        join.onRef('event.generation', '=', 'finding.generation').onRef('event.seq', '=', 'finding.seq'),
      )
      .select(['finding.generation', 'finding.seq', 'finding.code', 'finding.found_at as foundAt', 'event.body'])
      .where('finding.settled', '=', sql.lit(0))
      .orderBy('finding.found_at', 'desc')
      .limit(sql.lit(20)),
  )
  const settle = prepare<{ before: number }, never>(db, (q, p) =>
    q.updateTable('finding').set({ settled: 1 }).where('settled', '=', sql.lit(0)).where('found_at', '<', p('before')),
  )

  return {
    add: (finding: NewFinding): void => void insert.run(finding),
    /** The newest ones that nobody has settled, with their events. */
    unsettled: (): FoundEvent[] => open.all({}),
    settleBefore: (at: number): void => void settle.run({ before: at }),
  }
}

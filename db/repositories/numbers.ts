/** Ticket numbers this desk may hand out: leased blocks, and its own series for when it has none. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'

export type Lease = { serviceId: string; businessDate: string; from: number; to: number }
type Series = { serviceId: string; businessDate: string }

export function createNumbers({ db }: Store) {
  const open = prepare<Series, { from_n: number; next_n: number }>(db, (q, p) =>
    q
      .selectFrom('number_lease')
      .select(['from_n', 'next_n'])
      .where('service_id', '=', p('serviceId'))
      .where('business_date', '=', p('businessDate'))
      .whereRef('next_n', '<=', 'to_n')
      .orderBy('from_n')
      .limit(sql.lit(1)),
  )
  const left = prepare<Series, { to_n: number; next_n: number }>(db, (q, p) =>
    q
      .selectFrom('number_lease')
      .select(['to_n', 'next_n'])
      .where('service_id', '=', p('serviceId'))
      .where('business_date', '=', p('businessDate'))
      .whereRef('next_n', '<=', 'to_n'),
  )
  const leased = prepare<{ businessDate: string }, { service_id: string; n: number }>(db, (q, p) =>
    q
      .selectFrom('number_lease')
      .select(['service_id', sql<number>`sum(to_n - next_n + 1)`.as('n')])
      .where('business_date', '=', p('businessDate'))
      .groupBy('service_id'),
  )
  const advance = prepare<Series & { from: number; next: number }, never>(db, (q, p) =>
    q
      .updateTable('number_lease')
      .set({ next_n: p('next') })
      .where('service_id', '=', p('serviceId'))
      .where('business_date', '=', p('businessDate'))
      .where('from_n', '=', p('from')),
  )
  const add = prepare<Lease, never>(db, (q, p) =>
    q
      .insertInto('number_lease')
      .values({
        service_id: p('serviceId'),
        business_date: p('businessDate'),
        from_n: p('from'),
        to_n: p('to'),
        next_n: p('from'),
      })
      // The same block again is the answer to a repeated request.
      .onConflict((conflict) => conflict.columns(['service_id', 'business_date', 'from_n']).doNothing()),
  )
  const forget = prepare<Record<never, never>, never>(db, (q) => q.deleteFrom('number_lease'))
  const ownNext = prepare<{ businessDate: string }, { next_n: number }>(db, (q, p) =>
    q
      .insertInto('desk_series')
      .values({ business_date: p('businessDate'), next_n: 2 })
      .onConflict((conflict) =>
        conflict.column('business_date').doUpdateSet((eb) => ({ next_n: eb('desk_series.next_n', '+', 1) })),
      )
      .returning('next_n'),
  )

  return {
    addLease: (lease: Lease): void => void add.run(lease),
    /** Takes the next leased number, or null when none is left. Inside the caller's transaction. */
    takeLeased(series: Series): number | null {
      const lease = open.get(series)
      if (!lease) return null
      advance.run({ ...series, from: lease.from_n, next: lease.next_n + 1 })
      return lease.next_n
    },
    leasedLeft: (series: Series): number =>
      left.all(series).reduce((sum, lease) => sum + lease.to_n - lease.next_n + 1, 0),
    /** Leased numbers left on a day, by service. */
    leasedOn: (businessDate: string): ReadonlyMap<string, number> =>
      new Map(leased.all({ businessDate }).map(({ service_id, n }) => [service_id, n])),
    /** Gives up what is left of all blocks. Inside the caller's transaction. */
    forgetLeases: (): void => void forget.run({}),
    /** Takes the next number of this desk's own series of a day: 1, 2, 3. Inside the caller's transaction. */
    takeOwn(businessDate: string): number {
      const row = ownNext.get({ businessDate })
      if (!row) throw new Error('the desk series did not advance')
      return row.next_n - 1
    },
  }
}

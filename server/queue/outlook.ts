/** What front desks tell a visitor about the wait and the day's quotas. Read only, and a minute old at most where it is shown. */
import { sql } from 'kysely'
import type { OutlookReply } from '#contract/wire/front-desk.ts'
import { recentDuration } from '#domain/estimated-wait.ts'
import type { MallContext } from '#server/context.ts'
import { quotaUse } from '#server/queue/daily-quota.ts'
import { servicesOf } from '#server/queue/deal-waiting.ts'
import { openSeats, today } from '#server/queue/sessions.ts'
import { prepare } from '#server/store/prepared.ts'

/** So many of a service's last visitors tell how long the next one takes. */
const LAST = 15

export async function readOutlook(context: MallContext): Promise<OutlookReply> {
  const { db, mallId, mall } = context
  const date = today(context)
  const seats = await openSeats(db, context)
  const busy = new Set((await busyCounters(db, { mallId, date })).map(({ counter_id }) => counter_id))
  const served = Map.groupBy(await lastServed(db, { mallId, date }), ({ service_id }) => service_id)
  const services = []
  for (const serviceId of mall.services.keys()) {
    const use = await quotaUse(db, context, serviceId, date)
    const durations = (served.get(serviceId) ?? []).flatMap(({ served_ms }) => served_ms ?? [])
    services.push({ serviceId, recentMs: recentDuration(durations), quotaLeft: use?.left ?? null })
  }
  const counters = seats.map((seat) => {
    const { counterId, serviceIds, paused } = servicesOf(seat, context)
    return { counterId, serviceIds: [...serviceIds], paused, busy: busy.has(counterId) }
  })
  return { businessDate: date, counters, services }
}

type Day = { mallId: string; date: string }

const busyCounters = prepare<Day, { counter_id: string | null }>((q, param) =>
  q
    .selectFrom('entry')
    .select('counter_id')
    .distinct()
    .where('mall_id', '=', param('mallId'))
    .where('business_date', '=', param('date'))
    .where('status', 'in', [sql.lit('called' as const), sql.lit('serving' as const)]),
)

/** The newest of each service first; a service without visitors costs nothing. */
const lastServed = prepare<Day, { service_id: string; served_ms: number | null }>((q, param) =>
  q
    .with('ranked', (db) =>
      db
        .selectFrom('entry')
        .select(['service_id', 'served_ms'])
        .select(({ fn }) =>
          fn
            .agg<number>('row_number')
            .over((over) => over.partitionBy('service_id').orderBy('ended_at', 'desc'))
            .as('place'),
        )
        .where('mall_id', '=', param('mallId'))
        .where('business_date', '=', param('date'))
        .where('status', '=', sql.lit('completed' as const))
        .where('served_ms', 'is not', null),
    )
    .selectFrom('ranked')
    .select(['service_id', 'served_ms'])
    .where('place', '<=', sql.lit(LAST)),
)

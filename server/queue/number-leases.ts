/** Blocks of running numbers for front desks, so that they print on through a cut. Numbers restart every business date. */
import type { z } from 'zod'
import type { LeaseReply, LeaseRequest } from '#contract/wire.ts'
import type { Device } from '#server/auth.ts'
import { isCalendarDate } from '#server/calendar-date.ts'
import type { ServerContext } from '#server/context.ts'
import { WireFailure } from '#server/wire-failure.ts'

const BLOCK = 20

/** The same request id gets the same block again: an answer that was lost costs no numbers. */
export async function leaseNumbers(
  { db, mall, now }: ServerContext,
  device: Device,
  request: z.infer<typeof LeaseRequest>,
): Promise<LeaseReply> {
  const { requestId, serviceId, businessDate } = request
  const service = mall.services.get(serviceId)
  if (!service) throw new WireFailure('BAD_REQUEST', `service ${serviceId} is not in the mall's configuration`)
  if (!isCalendarDate(businessDate)) throw new WireFailure('BAD_REQUEST', `${businessDate} is not a date`)
  return db.transact(mall.config.mall.id, async (trx) => {
    const earlier = await trx
      .selectFrom('number_lease')
      .selectAll()
      .where('request_id', '=', requestId)
      .executeTakeFirst()
    if (earlier) {
      if (
        earlier.device_id !== device.id ||
        earlier.service_id !== serviceId ||
        earlier.business_date !== businessDate
      ) {
        throw new WireFailure('BAD_REQUEST', 'this requestId already asked for something else')
      }
      return { serviceId, businessDate, from: earlier.first, to: earlier.last }
    }
    // By prefix, not by service: what must be unique is the printed number.
    const { prefix, padding } = service
    const series = await trx
      .selectFrom('number_series')
      .select('next')
      .where('business_date', '=', businessDate)
      .where('prefix', '=', prefix)
      .executeTakeFirst()
    const from = series?.next ?? 1
    const highest = 10 ** padding - 1
    if (from > highest)
      throw new WireFailure('NUMBERS_EXHAUSTED', `${prefix} has used all ${highest} numbers of the day`)
    const to = Math.min(from + BLOCK - 1, highest)
    await trx
      .insertInto('number_series')
      .values({ business_date: businessDate, prefix, next: to + 1 })
      .onConflict((conflict) => conflict.columns(['business_date', 'prefix']).doUpdateSet({ next: to + 1 }))
      .execute()
    await trx
      .insertInto('number_lease')
      .values({
        request_id: requestId,
        device_id: device.id,
        service_id: serviceId,
        business_date: businessDate,
        first: from,
        last: to,
        leased_at: now(),
      })
      .execute()
    return { serviceId, businessDate, from, to }
  })
}

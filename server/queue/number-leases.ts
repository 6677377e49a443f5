/** Blocks of running numbers for front desks, so that they print on through a cut. Numbers restart every business date. */
import type { z } from 'zod'
import type { LeaseReply, LeaseRequest } from '#contract/wire/numbers.ts'
import { businessDate as dateOf } from '#domain/business-date.ts'
import { isCalendarDate } from '#domain/calendar-date.ts'
import type { Device } from '#server/auth.ts'
import type { Mall } from '#server/config/mall.ts'
import type { MallContext } from '#server/context.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { quotaUse } from '#server/queue/daily-quota.ts'
import type { Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

const BLOCK = 20
/** Of a service with a quota a front desk keeps few for a cut: what one keeps, the others cannot give. */
const QUOTA_BLOCK = 3

/** The same request id gets the same block again: an answer that was lost costs no numbers. */
export async function leaseNumbers(
  context: MallContext,
  device: Device,
  request: z.infer<typeof LeaseRequest>,
): Promise<LeaseReply> {
  const { mallId, mall, now } = context
  const { requestId, serviceId, businessDate } = request
  const service = mall.services.get(serviceId)
  if (!service) throw new WireFailure('BAD_REQUEST', `service ${serviceId} is not in the mall's configuration`)
  if (!isCalendarDate(businessDate)) throw new WireFailure('BAD_REQUEST', `${businessDate} is not a date`)
  return changeMall(context, async (trx) => {
    const earlier = await trx
      .selectFrom('number_lease')
      .selectAll()
      .where('request_id', '=', requestId)
      .executeTakeFirst()
    if (earlier) {
      if (
        earlier.mall_id !== mallId ||
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
      .where('mall_id', '=', mallId)
      .where('business_date', '=', businessDate)
      .where('prefix', '=', prefix)
      .executeTakeFirst()
    // After a restore numbers may be out that the backup does not know: a fresh series begins above all of them.
    const restores = await restoresSince(trx, mall, businessDate)
    const from = Math.max(series?.next ?? 1, restores * 10 ** padding + 1)
    const highest = (restores + 1) * 10 ** padding - 1
    if (from > highest)
      throw new WireFailure('NUMBERS_EXHAUSTED', `${prefix} has used all numbers up to ${highest} of the day`)
    const block = await blockSize(trx, context, serviceId, businessDate)
    const to = Math.min(from + block - 1, highest)
    await trx
      .insertInto('number_series')
      .values({ mall_id: mallId, business_date: businessDate, prefix, next: to + 1 })
      .onConflict((conflict) => conflict.columns(['mall_id', 'business_date', 'prefix']).doUpdateSet({ next: to + 1 }))
      .execute()
    await trx
      .insertInto('number_lease')
      .values({
        request_id: requestId,
        mall_id: mallId,
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

/** Towards the end of a quota one by one, so that the last number goes to whoever stands at a desk. Throws QUOTA_REACHED. */
async function blockSize(trx: Trx, context: MallContext, serviceId: string, date: string): Promise<number> {
  const use = await quotaUse(trx, context, serviceId, date)
  if (!use) return BLOCK
  if (use.leasable === 0) throw new WireFailure('QUOTA_REACHED', `the quota of ${serviceId} for ${date} is given out`)
  const share = Math.floor(use.leasable / (4 * context.mall.config.frontDesks.length))
  return Math.max(1, Math.min(QUOTA_BLOCK, share))
}

/**
 * Restores since that date began, also those that this database knows only by the number of its incarnation: when the same
 * backup is put back twice in a day, the first time is forgotten, and its numbers are on paper all the same.
 */
async function restoresSince(trx: Trx, { timeZone }: Mall, date: string): Promise<number> {
  const all = await trx.selectFrom('incarnation').select(['n', 'began_at']).execute()
  const before = all.filter(({ began_at }) => dateOf(began_at, timeZone) < date)
  // The first incarnation is no restore.
  const newest = (incarnations: typeof all) => Math.max(1, ...incarnations.map(({ n }) => n))
  return newest(all) - newest(before)
}

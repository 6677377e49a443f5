/**
 * How much of a service's daily quota is given out. Who has booked, and whom a counter gave a number, is served whatever the quota
 * is: they count for nothing. For leasing, numbers that front desks have leased count as given until they are used.
 */
import type { MallContext } from '#server/context.ts'
import type { Db, Trx } from '#server/store/schema.ts'

export type QuotaUse = {
  /** May still be given to visitors; what front desks have leased and not used is among it. */
  left: number
  /** May still be leased. */
  leasable: number
  /** Front desks have told of more visitors than the quota allows. What is only leased is no visitor. */
  isExceeded: boolean
}

/** Null for a service without a quota. Whoever has changed entries in this transaction flushes them before. */
export async function quotaUse(
  trx: Db | Trx,
  { mallId, mall }: Pick<MallContext, 'mallId' | 'mall'>,
  serviceId: string,
  businessDate: string,
): Promise<QuotaUse | null> {
  const service = mall.services.get(serviceId)
  if (service?.dailyQuota === undefined) return null
  const issued = await trx
    .selectFrom('entry')
    .innerJoin('visit', 'visit.id', 'entry.visit_id')
    .leftJoin('device', 'device.id', 'visit.issuer_device_id')
    .select(['entry.label', 'entry.status', 'entry.winner_device_id', 'entry.appointment_at', 'device.role_kind'])
    .where('entry.mall_id', '=', mallId)
    .where('entry.business_date', '=', businessDate)
    .where('entry.service_id', '=', serviceId)
    .where('entry.entry_no', '=', 1)
    .execute()
  const leases = await trx
    .selectFrom('number_lease')
    .select(['first', 'last'])
    .where('mall_id', '=', mallId)
    .where('business_date', '=', businessDate)
    .where('service_id', '=', serviceId)
    .execute()
  const leased = leases.reduce((sum, { first, last }) => sum + last - first + 1, 0)
  const ofSeries = issued.filter(({ label }) => label.startsWith(`${service.prefix}-`)).length
  // Taken back by the front desk before anybody called it: somebody else may come instead.
  const given = issued
    .filter((entry) => entry.appointment_at === null && entry.role_kind !== 'counter')
    .filter((entry) => entry.status !== 'cancelled' || entry.winner_device_id !== null)
  // Of some only a counter's act has come so far; their front desk has still to tell of them.
  const told = given.filter((entry) => entry.role_kind !== null).length
  // A server that was restored has forgotten leases whose numbers it hears of all the same.
  const promised = given.length + Math.max(0, leased - ofSeries)
  return {
    left: Math.max(0, service.dailyQuota - given.length),
    leasable: Math.max(0, service.dailyQuota - promised),
    isExceeded: told > service.dailyQuota,
  }
}

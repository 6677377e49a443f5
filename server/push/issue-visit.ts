/** A front desk printed a number: the visit begins with entry 1, in the order in which the server learns of it. */
import type { FindingCode } from '#contract/wire.ts'
import type { EventBody } from '#domain/events.ts'
import type { Device } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { eventTime } from '#server/push/event-time.ts'
import { addWaitingEntry } from '#server/queue/add-waiting-entry.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export async function issueVisit(
  trx: Trx,
  context: ServerContext,
  touched: Touched,
  device: Device,
  event: Extract<EventBody, { type: 'visit.issued' }>,
): Promise<FindingCode | null> {
  const { visitId, label, businessDate, serviceId, priority, journeyId } = event.data
  if (!context.mall.services.has(serviceId)) return 'UNKNOWN_SERVICE'
  const clash = await trx
    .selectFrom('visit')
    .select('id')
    .where((eb) => eb.or([eb('id', '=', visitId), eb.and({ business_date: businessDate, label })]))
    .execute()
  if (clash.some((visit) => visit.id === visitId)) return 'STATUS_CONFLICT'
  if (clash.length > 0) return 'LABEL_TAKEN'

  const issuedAt = eventTime(event, context.now())
  await trx
    .insertInto('visit')
    .values({
      id: visitId,
      label,
      business_date: businessDate,
      priority,
      issued_at: issuedAt,
      issuer_device_id: device.id,
    })
    .execute()
  await addWaitingEntry(trx, touched, {
    visit_id: visitId,
    entry_no: 1,
    service_id: serviceId,
    label,
    business_date: businessDate,
    priority,
    journey_id: journeyId,
    issued_at: issuedAt,
    waiting_since: issuedAt,
  })
  return null
}

/** A number was given out: the visit begins with entry 1, in the order in which the server learns of it. */
import type { FindingCode } from '#contract/wire/finding.ts'
import type { EventBody } from '#domain/events.ts'
import { appointmentRank } from '#domain/rank.ts'
import { takeAppointment } from '#server/appointments/appointments.ts'
import { heldBy } from '#server/custody/custody.ts'
import { type EntryData, ensureEntry } from '#server/custody/ensure-entry.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { placeOf } from '#server/custody/place-in-line.ts'
import { settleEntry } from '#server/custody/settle-entry.ts'
import { actorOf, isGivenUpChain, type PushScope } from '#server/push/push-scope.ts'
import { quotaUse } from '#server/queue/daily-quota.ts'

type Issued = Extract<EventBody, { type: 'visit.issued' | 'visit.issued_here' }>

export async function issueVisit(scope: PushScope, event: Issued): Promise<FindingCode[]> {
  const { trx, touched, context, device } = scope
  const { visitId } = event.data
  const { bornIncarnation } = actorOf(scope, event.seq)
  // A desk whose clock is wrong cannot place its visitor before what it told the server last.
  const waitingSince = Math.max(event.at, Math.min(scope.notBefore, context.now()))
  const { appointmentAt } = event.data
  const rank = appointmentAt === undefined ? undefined : appointmentRank(appointmentAt)
  const data = { ...event.data, entryNo: 1, issuedAt: event.at, waitingSince, rank }
  const isNews = touched.entries.entry(visitId, 1) === undefined
  const state = await ensureEntry(trx, touched, context, data, { issuerDeviceId: device.id, bornIncarnation })
  if (typeof state === 'string') return [state]
  if (!completeVisit(scope, state, data, isNews)) return ['STATUS_CONFLICT']
  noteRequirements(scope, event)
  const isKeptHere = event.type === 'visit.issued_here' && !isGivenUpChain(scope)
  if (isKeptHere && state.row.device_id === null) {
    // Custody that the counter took by itself: no grant was needed.
    const grant = { incarnation: 0, n: event.seq }
    touched.entries.patch(state, heldBy(state.row, { deviceId: device.id, counterId: event.counterId, grant }))
  } else if (isKeptHere) touched.superseded(device.id, state)
  await settleEntry(trx, touched, context, visitId, 1, actorOf(scope, event.seq))
  const findings: FindingCode[] = []
  if (await isOverQuota(scope, event)) findings.push('OVER_QUOTA')
  if (!(await isBookingFree(scope, event))) findings.push('APPOINTMENT_USED')
  return findings
}

/**
 * With this one more of the day's numbers have come than the quota allows: a desk was cut off, a restored server had forgotten leases,
 * or the quota was lowered. Its own desk may have done right and only tells of it later than others.
 */
async function isOverQuota({ trx, touched, context }: PushScope, { type, data }: Issued): Promise<boolean> {
  // Whoever has booked, or stands at a counter already, is served whatever the quota is.
  if (type === 'visit.issued_here' || data.appointmentAt !== undefined) return false
  if (context.mall.services.get(data.serviceId)?.dailyQuota === undefined) return false
  await touched.entries.flush(trx)
  const use = await quotaUse(trx, context, data.serviceId, data.businessDate)
  return use?.isExceeded ?? false
}

/** Two front desks that were cut off may both have taken it; both visitors are there and wait. */
async function isBookingFree({ trx, touched }: PushScope, { data }: Issued): Promise<boolean> {
  const { appointmentCode: code, visitId, serviceId, businessDate } = data
  return code === undefined || takeAppointment(trx, touched, { code, visitId, serviceId, businessDate })
}

function noteRequirements({ touched }: PushScope, { data: { visitId, requirementsMet } }: Issued): void {
  const { row } = touched.entries.visit(visitId)
  if (row && requirementsMet !== undefined)
    touched.entries.putVisit({ ...row, requirements_met: Number(requirementsMet) })
}

/** A call or a slip may have told of the visit before; only its own fact knows all of it. False when that was here already. */
function completeVisit({ touched, device }: PushScope, state: EntryState, data: EntryData, isNews: boolean): boolean {
  const { row } = touched.entries.visit(data.visitId)
  if (!row) throw new Error(`visit ${data.visitId} was not loaded whole`)
  if (row.issuer_device_id === device.id && isNews) return true
  if (row.issuer_device_id !== null || row.label !== data.label || row.business_date !== data.businessDate) return false
  const { priority, issuedAt, waitingSince, journeyId } = data
  touched.entries.putVisit({ ...row, issuer_device_id: device.id, issued_at: issuedAt, priority })
  touched.entries.patch(state, {
    priority,
    issued_at: issuedAt,
    appointment_at: data.appointmentAt ?? null,
    ...(isSentToTheEnd(state) ? {} : { waiting_since: waitingSince, ...placeOf(data) }),
    journey_id: state.row.journey_id ?? journeyId,
  })
  return true
}

/** Called before, and waiting since after that: its counter sent it to the end of the queue. */
function isSentToTheEnd({ row, claims }: EntryState): boolean {
  return [...claims.values()].some(({ called_at }) => called_at !== null && called_at < row.waiting_since)
}

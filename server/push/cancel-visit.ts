/**
 * A front desk takes its number back. The fact stands beside what counters did with the entry: it counts where nobody called it. What
 * waits in a hand is asked back, and is over as soon as its holder lets go.
 */
import type { FindingCode } from '#contract/wire/finding.ts'
import type { EventBody } from '#domain/events.ts'
import { freeAppointment } from '#server/appointments/appointments.ts'
import { putClaim, unopenedClaim } from '#server/custody/claims.ts'
import { holderOf } from '#server/custody/custody.ts'
import { askBack } from '#server/custody/recall.ts'
import { settleEntry, wasCalled } from '#server/custody/settle-entry.ts'
import { actorOf, type PushScope } from '#server/push/push-scope.ts'

export async function cancelVisit(
  scope: PushScope,
  event: Extract<EventBody, { type: 'visit.cancelled' }>,
): Promise<FindingCode[]> {
  const { trx, touched, context, device } = scope
  const { visitId } = event.data
  const visit = touched.entries.visit(visitId)
  if (visit.isForeign) return ['NOT_YOURS']
  const state = touched.entries.entry(visitId, 1)
  if (!state) return ['UNKNOWN_VISIT']
  const { business_date: businessDate, label } = state.row
  await touched.entries.load(trx, [{ visitId, visit: { businessDate, label } }])
  if (visit.row?.issuer_device_id !== device.id) return ['NOT_YOURS']
  if (state.claims.has(device.id)) return ['STATUS_CONFLICT']
  putClaim(touched, state, {
    ...unopenedClaim(state, { deviceId: device.id, counterId: null, grant: { incarnation: 0, n: event.seq } }),
    status: 'cancelled',
    ended_at: event.at,
    officer_id: event.officerId,
  })
  await settleEntry(trx, touched, context, visitId, 1, actorOf(scope, event.seq))
  if (wasCalled(state)) return ['ALREADY_CALLED']
  await freeAppointment(trx, touched, visitId)
  if (holderOf(state) && state.row.recall_answer === null) askBack(touched, state, context, null)
  return []
}

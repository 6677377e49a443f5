/** Reads what a visitor shows: the QR code as scanned, or the number and the six characters under it as typed. */
import type { Failure, MethodInput } from '#contract/desk-api.ts'
import { readSlip, type Slip, type SlipFault, typedCode } from '#domain/slip.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { today } from '#main/host/desk-state.ts'

type Shown = MethodInput<'queue.present'>['slip']
type Reading = { ok: true; slip: Slip } | Failure<SlipFault | 'SLIP_OTHER_SERVICE' | 'COUNTER_NOT_OPEN'>

/** Entries of one visit that a typed code is tried for: nobody walks to more desks than that on one number. */
const LAST_ENTRY = 9

export function readPresentedSlip(context: HostContext, shown: Shown): Reading {
  const roleId = context.repositories.device.get()?.role_id
  const counter = context.config()?.counters.find((one) => one.id === roleId)
  if (!counter) return { ok: false, code: 'COUNTER_NOT_OPEN' }
  const reading =
    'scanned' in shown
      ? readSlip(shown.scanned, today(context), context.slipKeys.keyedHash)
      : readTyped(context, shown, counter.serviceIds)
  if (!reading.ok) return reading
  return counter.serviceIds.includes(reading.slip.serviceId) ? reading : { ok: false, code: 'SLIP_OTHER_SERVICE' }
}

/** The number names the visit, the code says which of its entries: tried for this counter's services only. */
function readTyped(
  context: HostContext,
  { label, code }: Extract<Shown, { label: string }>,
  serviceIds: string[],
): Reading {
  const { slipKeys, sha256, repositories } = context
  const businessDate = today(context)
  const visitId = visitIdOf(sha256, context.config()?.mall.id ?? '', businessDate, label)
  const keyIds = slipKeys.ofDay(businessDate)
  for (const keyId of keyIds) {
    for (const serviceId of serviceIds) {
      for (let entryNo = 1; entryNo <= LAST_ENTRY; entryNo += 1) {
        if (typedCode({ visitId, entryNo, serviceId }, keyId, slipKeys.keyedHash) !== code.trim().toUpperCase())
          continue
        const known = repositories.hand.get({ visitId, entryNo }) ?? repositories.queue.get({ visitId, entryNo })
        const { priority, waitingSince } = known ?? { priority: null, waitingSince: mallNow(context) }
        const slip = { visitId, entryNo, label, serviceId, businessDate, issuedAt: waitingSince, priority }
        return { ok: true, slip }
      }
    }
  }
  return { ok: false, code: keyIds.length === 0 ? 'SLIP_FOREIGN' : 'SLIP_UNREADABLE' }
}

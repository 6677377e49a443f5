/**
 * Batalkan nomor: the front desk takes back a number that nobody has called, because its slip did not come out or the service was
 * the wrong one. Also while cut off: it counts as soon as the server and whoever has the entry in hand know.
 */
import type { MethodInput, MethodOutput } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'
import { officerHere, today } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'

type Refusal = 'NOT_A_FRONT_DESK' | 'VISIT_NOT_ISSUED_HERE' | 'ALREADY_CALLED' | 'ALREADY_CANCELLED' | 'SLIP_PRINTING'

export function cancelIssued(context: HostContext, { commandId, visitId, reason }: MethodInput<'visit.cancelIssued'>) {
  const { device, visits, printJobs } = context.repositories
  return runCommand<MethodOutput<'visit.cancelIssued'>, Refusal>(context, commandId, () => {
    if (device.get()?.role_kind !== 'front_desk') return { ok: false, code: 'NOT_A_FRONT_DESK' }
    const visit = visits.get(visitId)
    if (visit?.business_date !== today(context)) return { ok: false, code: 'VISIT_NOT_ISSUED_HERE' }
    if (visit.cancelled_at !== null) return { ok: false, code: 'ALREADY_CANCELLED' }
    const told = visits.statusOf(visitId)
    if (told && told.status !== 'waiting') return { ok: false, code: 'ALREADY_CALLED' }
    // On its way to the printer nothing can be stopped, and nobody knows yet what comes out.
    if (printJobs.slipOf(visitId)?.state === 'sending') return { ok: false, code: 'SLIP_PRINTING' }
    recordFacts(context, [{ type: 'visit.cancelled', data: { visitId, reason } }], officerHere(context))
    printJobs.withdrawSlipsOf(visitId, 'NUMBER_CANCELLED')
    return { ok: true, data: { visitId, label: visit.label } }
  })
}

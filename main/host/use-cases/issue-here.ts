/** Ambil nomor di loket: a number of this desk's own series, when nobody else can hand one out. It is in this desk's hand. */
import type { MethodInput, MethodOutput } from '#contract/desk-api.ts'
import type { VisitIssued } from '#domain/events.ts'
import { deskSeriesLabel } from '#domain/ticket-label.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { officerHere, today } from '#main/host/desk-state.ts'
import { queueSlip } from '#main/host/printing/queue-slip.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'

export function issueHere(context: HostContext, input: MethodInput<'visit.issueHere'>) {
  const { repositories, mall } = context
  const config = context.config()
  const device = repositories.device.get()
  const counter = config?.counters.find((one) => one.id === device?.role_id)
  if (!config || !counter || !device) return { ok: false, code: 'NOT_A_COUNTER' } as const
  // Connected, the counter can be opened first. Cut off without a session this is all that is left.
  if (!repositories.desk.get().open && mall.isOnline()) return { ok: false, code: 'COUNTER_NOT_OPEN' } as const
  if (!counter.serviceIds.includes(input.serviceId)) return { ok: false, code: 'SERVICE_UNKNOWN' } as const
  // In doubt, the numbers may have been printed by what this store has forgotten.
  if (context.identity.inDoubt()) return { ok: false, code: 'STORE_IN_DOUBT' } as const
  return runCommand<MethodOutput<'visit.issueHere'>, never>(context, input.commandId, () => {
    const businessDate = today(context)
    const label = deskSeriesLabel(device.slot, device.generation, repositories.numbers.takeOwn(businessDate)).text
    const visitId = visitIdOf(context.sha256, config.mall.id, businessDate, label)
    const { serviceId, priority } = input
    const visit: VisitIssued = { visitId, label, businessDate, serviceId, priority, journeyId: null }
    recordFacts(context, [{ type: 'visit.issued_here', data: visit }], officerHere(context))
    queueSlip(context, { ...visit, entryNo: 1, issuedAt: mallNow(context) }, counter.id)
    return { ok: true, data: { visitId, label } }
  })
}

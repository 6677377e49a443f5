/**
 * Ambil nomor di loket: a number of this desk's own series, when nobody else can hand one out. It is in this desk's hand; or it is
 * served at once, when the visitor is already here.
 */
import type { Failure, MethodInput, MethodOutput } from '#contract/desk-api.ts'
import type { DeskRefusal } from '#domain/desk-command.ts'
import type { VisitIssued } from '#domain/events.ts'
import { quickServed, refusalToQuickServe } from '#domain/quick-serve.ts'
import { deskSeriesLabel } from '#domain/ticket-label.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { officerHere, readDeskState, today } from '#main/host/desk-state.ts'
import { counterHere } from '#main/host/own-counter.ts'
import { queueSlip } from '#main/host/printing/queue-slip.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'
import { permittedServices } from '#main/host/services.ts'

type Wanted = Pick<MethodInput<'visit.issueHere'>, 'serviceId' | 'priority'>
type Refusal = 'NOT_A_COUNTER' | 'COUNTER_NOT_OPEN' | 'SERVICE_UNKNOWN' | 'SERVICE_NOT_PERMITTED' | 'STORE_IN_DOUBT'

export function issueHere(context: HostContext, input: MethodInput<'visit.issueHere'>) {
  return runCommand<MethodOutput<'visit.issueHere'>, Refusal>(context, input.commandId, () => {
    const refusal = refusalToIssue(context, input)
    if (refusal) return refusal
    const visit = newVisit(context, input)
    recordFacts(context, [{ type: 'visit.issued_here', data: visit }], officerHere(context))
    const counterId = context.repositories.device.get()?.role_id ?? null
    queueSlip(context, { ...visit, entryNo: 1, issuedAt: mallNow(context) }, counterId)
    return { ok: true, data: { visitId: visit.visitId, label: visit.label } }
  })
}

/** Layani langsung: no slip, for nobody waits. */
export function quickServe(context: HostContext, input: MethodInput<'queue.quickServe'>) {
  return runCommand<MethodOutput<'queue.quickServe'>, Refusal | DeskRefusal>(context, input.commandId, () => {
    const refusal = refusalToIssue(context, input)
    if (refusal) return refusal
    const state = readDeskState(context)
    const code = refusalToQuickServe(state)
    if (code) return { ok: false, code }
    const visit = newVisit(context, input)
    const { events, device } = context.repositories
    const grant = { incarnation: 0, n: events.head(device.get()?.generation ?? 1).seq + 1 }
    recordFacts(context, quickServed(visit, grant, mallNow(context)), state.officerId)
    return { ok: true, data: { visitId: visit.visitId, entryNo: 1, label: visit.label } }
  })
}

function refusalToIssue(context: HostContext, { serviceId }: Wanted): Failure<Refusal> | null {
  const counter = counterHere(context)
  if (!counter) return { ok: false, code: 'NOT_A_COUNTER' }
  // Connected, the counter can be opened first. Cut off without a session this is all that is left.
  if (!context.repositories.desk.get().open && context.mall.isOnline()) return { ok: false, code: 'COUNTER_NOT_OPEN' }
  if (!counter.serviceIds.includes(serviceId)) return { ok: false, code: 'SERVICE_UNKNOWN' }
  if (!permittedServices(context, officerHere(context)).includes(serviceId)) {
    return { ok: false, code: 'SERVICE_NOT_PERMITTED' }
  }
  // In doubt, the numbers may have been printed by what this store has forgotten.
  return context.identity.inDoubt() ? { ok: false, code: 'STORE_IN_DOUBT' } : null
}

/** Takes the next number of the own series: only when nothing can refuse any more, so that the series has no gaps. */
function newVisit(context: HostContext, { serviceId, priority }: Wanted): VisitIssued {
  const { repositories, sha256 } = context
  const device = repositories.device.get()
  const mallId = context.config()?.mall.id
  if (!device || mallId === undefined) throw new Error('a number needs an enrolled device')
  const businessDate = today(context)
  const label = deskSeriesLabel(device.slot, device.generation, repositories.numbers.takeOwn(businessDate)).text
  return {
    visitId: visitIdOf(sha256, mallId, businessDate, label),
    label,
    businessDate,
    serviceId,
    priority,
    journeyId: null,
  }
}

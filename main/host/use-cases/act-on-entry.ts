/** Acts on the entry at the desk that stay at the desk: call again, start serving, complete, no-show, return, hold. */
import type { CheckedInput, MethodInput } from '#contract/desk-api.ts'
import type { Entry } from '#domain/entry.ts'
import type { EntryRef } from '#domain/events.ts'
import { wayBackOf } from '#domain/way-back.ts'
import type { HostContext } from '#main/host/context.ts'
import { counterHere } from '#main/host/own-counter.ts'
import { queuePapers } from '#main/host/printing/queue-papers.ts'
import { queueReceipt } from '#main/host/printing/queue-receipt.ts'
import { act, actTogether } from '#main/host/use-cases/act.ts'

type OnEntry = MethodInput<'queue.callAgain'>

export function callAgain(context: HostContext, { commandId, visitId, entryNo }: OnEntry) {
  return act(context, commandId, { kind: 'callAgain', visitId, entryNo })
}

export function startServing(context: HostContext, { commandId, visitId, entryNo }: OnEntry) {
  return act(context, commandId, { kind: 'startServing', visitId, entryNo })
}

export function noShow(context: HostContext, { commandId, visitId, entryNo }: OnEntry) {
  return act(context, commandId, { kind: 'noShow', visitId, entryNo })
}

/** Kembalikan ke antrean: waits in the own hand again, in its old place or at the end. */
export function returnToQueue(context: HostContext, input: MethodInput<'queue.returnToQueue'>) {
  const { commandId, visitId, entryNo, to = 'place' } = input
  return act(context, commandId, { kind: 'returnToQueue', visitId, entryNo, to })
}

export function hold(context: HostContext, { commandId, visitId, entryNo, reason }: MethodInput<'queue.hold'>) {
  return act(context, commandId, { kind: 'hold', visitId, entryNo, reason })
}

export function complete(context: HostContext, input: Completion) {
  const { visitId, entryNo, outcome, paymentReference, delivered } = input
  const command = { kind: 'complete', visitId, entryNo, outcome, paymentReference, delivered } as const
  const refusal = () => refusePayment(context, input) ?? refuseDelivered(context, input)
  return actTogether(context, input.commandId, command, (entry) => queuePapersOf(context, entry), refusal)
}

/** Whoever was sent here with a way back is told where to go on. */
function queuePapersOf(context: HostContext, entry: Entry): void {
  const wayBack = wayBackOf(entry, null)
  if (!wayBack) {
    queueReceipt(context, entry, null)
    return
  }
  const { serviceId: toServiceId, counterId: toCounterId } = wayBack
  queuePapers(context, entry, { toServiceId, toCounterId, isNextStep: false })
}

type Completion = CheckedInput<'queue.complete'>

/** Nothing is paid for what is free: neither for the entry's service nor for what was delivered besides. */
function refusePayment(context: HostContext, input: Completion): 'SERVICE_IS_FREE' | null {
  if (input.paymentReference === null || serviceOf(context, input)?.tariffRupiah !== 0) return null
  const delivered = new Set(input.delivered?.map(({ serviceId }) => serviceId))
  const isPaid = context.config()?.services.some(({ id, tariffRupiah }) => delivered.has(id) && tariffRupiah > 0)
  return isPaid ? null : 'SERVICE_IS_FREE'
}

/** Services of this counter's agency, of which something was delivered; a service may insist on being told. */
function refuseDelivered(context: HostContext, input: Completion) {
  const { outcome, delivered } = input
  if (outcome !== 'delivered') return delivered === null ? null : 'NOTHING_DELIVERED'
  if (delivered === null) return serviceOf(context, input)?.asksDelivered ? 'DELIVERED_MISSING' : null
  const config = context.config()
  const agencyId = counterHere(context)?.agencyId
  const isOfAgency = (serviceId: string) =>
    config?.services.some((service) => service.id === serviceId && service.agencyId === agencyId)
  return delivered.every(({ serviceId }) => isOfAgency(serviceId)) ? null : 'SERVICE_UNKNOWN'
}

function serviceOf(context: HostContext, ref: EntryRef) {
  const serviceId = context.repositories.entries.get(ref)?.serviceId
  return context.config()?.services.find(({ id }) => id === serviceId)
}

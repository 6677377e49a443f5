/** Acts on the entry at the desk that stay at the desk: call again, start serving, complete, no-show, return, hold. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { Entry } from '#domain/entry.ts'
import type { EntryRef } from '#domain/events.ts'
import type { HostContext } from '#main/host/context.ts'
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

export function complete(context: HostContext, input: MethodInput<'queue.complete'>) {
  const { visitId, entryNo, outcome, paymentReference } = input
  const command = { kind: 'complete', visitId, entryNo, outcome, paymentReference } as const
  const refusal = () => (paymentReference !== null && isFree(context, input) ? 'SERVICE_IS_FREE' : null)
  return actTogether(context, input.commandId, command, (entry) => queuePapersOf(context, entry), refusal)
}

/** Whoever was sent here with a way back is told where to go on. */
function queuePapersOf(context: HostContext, entry: Entry): void {
  if (!entry.returnsTo) {
    queueReceipt(context, entry, null)
    return
  }
  const { serviceId: toServiceId, counterId: toCounterId } = entry.returnsTo
  queuePapers(context, entry, { toServiceId, toCounterId, isNextStep: false })
}

function isFree(context: HostContext, ref: EntryRef): boolean {
  const serviceId = context.repositories.entries.get(ref)?.serviceId
  return context.config()?.services.find(({ id }) => id === serviceId)?.tariffRupiah === 0
}

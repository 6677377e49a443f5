/** Acts on the entry at the desk that stay at the desk: call again, start serving, complete, no-show, return, hold. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'
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

/** Kembalikan ke antrean: waits in the own hand again, in its old place. */
export function returnToQueue(context: HostContext, { commandId, visitId, entryNo }: OnEntry) {
  return act(context, commandId, { kind: 'returnToQueue', visitId, entryNo })
}

export function hold(context: HostContext, { commandId, visitId, entryNo, reason }: MethodInput<'queue.hold'>) {
  return act(context, commandId, { kind: 'hold', visitId, entryNo, reason })
}

export function complete(context: HostContext, input: MethodInput<'queue.complete'>) {
  const { visitId, entryNo, outcome, paymentReference } = input
  const serviceId = context.repositories.entries.get({ visitId, entryNo })?.serviceId
  const service = context.config()?.services.find(({ id }) => id === serviceId)
  if (paymentReference !== null && service?.tariffRupiah === 0) return { ok: false, code: 'SERVICE_IS_FREE' } as const
  const command = { kind: 'complete', visitId, entryNo, outcome, paymentReference } as const
  return actTogether(context, input.commandId, command, (entry) => queueReceipt(context, entry, null))
}

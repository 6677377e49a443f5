/** Acts on what this counter set aside: resume what is on hold, call back who was absent, cancel. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'
import { act } from '#main/host/use-cases/act.ts'

export function resume(context: HostContext, { commandId, visitId, entryNo }: MethodInput<'queue.resume'>) {
  return act(context, commandId, { kind: 'resume', visitId, entryNo })
}

export function callBack(context: HostContext, { commandId, visitId, entryNo }: MethodInput<'queue.callBack'>) {
  return act(context, commandId, { kind: 'callBack', visitId, entryNo })
}

export function cancel(context: HostContext, { commandId, visitId, entryNo, reason }: MethodInput<'queue.cancel'>) {
  return act(context, commandId, { kind: 'cancel', visitId, entryNo, reason })
}

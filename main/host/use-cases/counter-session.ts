/** Buka, Jeda, Tutup Loket: a counter's session has an epoch from the server; without it this PC may not act for the counter. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { HostContext } from '#main/host/context.ts'
import { officerHere } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { runCommand } from '#main/host/run-command.ts'
import { act } from '#main/host/use-cases/act.ts'

const DONE = { ok: true, data: {} } as const

export async function openCounter(context: HostContext, { commandId }: MethodInput<'counter.open'>) {
  const { repositories, mall } = context
  const device = repositories.device.get()
  if (device?.role_kind !== 'counter') return { ok: false, code: 'NOT_A_COUNTER' } as const
  if (repositories.desk.get().open) return DONE
  // Cut off, only the PC that had the counter last may go on with it.
  const answer = await mall.openCounter()
  if (!answer.ok && answer.code === 'REFUSED') return { ok: false, code: 'COUNTER_REFUSED' } as const
  const session = answer.ok ? answer.session : repositories.desk.get().counter
  if (!session) return { ok: false, code: 'COUNTER_NEEDS_SERVER' } as const
  return runCommand<Record<never, never>, never>(context, commandId, () => {
    repositories.desk.set({ counter: session })
    recordFacts(context, [{ type: 'counter.opened', data: session }], officerHere(context))
    return DONE
  })
}

/** Connected, the hand goes back and the session ends; cut off, the hand stays until the first contact. */
export function closeCounter(context: HostContext, { commandId }: MethodInput<'counter.close'>) {
  return act(context, commandId, { kind: 'closeCounter' })
}

export function pauseCounter(context: HostContext, { commandId, reason }: MethodInput<'counter.pause'>) {
  return act(context, commandId, { kind: 'pauseCounter', reason })
}

export function resumeCounter(context: HostContext, { commandId }: MethodInput<'counter.resume'>) {
  return act(context, commandId, { kind: 'resumeCounter' })
}

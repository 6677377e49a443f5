/** Buka, Istirahat, Tutup Loket: a counter's session has an epoch from the server; without it this PC may not act for the counter. */
import type { MethodInput, MethodOutput } from '#contract/desk-api.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { officerHere, today } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { firstResult, runCommand } from '#main/host/run-command.ts'
import { configuredServices, narrowedFor, permittedServices } from '#main/host/services.ts'
import { act, actReading } from '#main/host/use-cases/act.ts'

const DONE = { ok: true, data: {} } as const

export async function openCounter(context: HostContext, { commandId }: MethodInput<'counter.open'>) {
  const { repositories, mall } = context
  // Closed since then: the server would begin a session that nobody takes.
  const first = firstResult<Record<never, never>>(context, commandId)
  if (first) return first
  const device = repositories.device.get()
  if (device?.role_kind !== 'counter') return { ok: false, code: 'NOT_A_COUNTER' } as const
  if (repositories.desk.get().open) return DONE
  if (permittedServices(context, officerHere(context)).length === 0) {
    return { ok: false, code: 'NO_SERVICE_PERMITTED' } as const
  }
  // Cut off, only the PC that had the counter last may go on with it.
  const answer = await mall.openCounter()
  if (!answer.ok && answer.code === 'REFUSED') return { ok: false, code: 'COUNTER_REFUSED' } as const
  const session = answer.ok ? answer.session : repositories.desk.get().counter
  if (!session) return { ok: false, code: 'COUNTER_NEEDS_SERVER' } as const
  return runCommand<Record<never, never>, never>(context, commandId, () => {
    repositories.desk.set({ counter: session })
    const officerId = officerHere(context)
    const narrowed = narrowedFor(context, officerId, session, configuredServices(context))
    recordFacts(context, [{ type: 'counter.opened', data: session }, ...narrowed], officerId)
    return DONE
  })
}

/** Connected, the hand goes back and the session ends; cut off, the hand stays until the first contact. */
export function closeCounter(context: HostContext, { commandId, settle = [] }: MethodInput<'counter.close'>) {
  return actReading(context, commandId, () => ({
    kind: 'closeCounter',
    settle: settle.map((ref) => ({ ...ref, entry: context.repositories.entries.get(ref) })),
    today: today(context),
  }))
}

export function pauseCounter(context: HostContext, { commandId, reason, backAt = null }: MethodInput<'counter.pause'>) {
  const isPassed = () => backAt !== null && backAt <= mallNow(context)
  return act(context, commandId, { kind: 'pauseCounter', reason, backAt }, () => (isPassed() ? 'BACK_AT_PASSED' : null))
}

export function resumeCounter(context: HostContext, { commandId }: MethodInput<'counter.resume'>) {
  return act(context, commandId, { kind: 'resumeCounter' })
}

export function daySummary(context: HostContext): { ok: true; data: MethodOutput<'counter.daySummary'> } {
  return { ok: true, data: context.repositories.entries.summaryOf(today(context)) }
}

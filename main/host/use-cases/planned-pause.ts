/** Pauses by the mall's schedule: what is ahead, beginning it by itself, and putting it off. */
import type { MethodInput } from '#contract/desk-api.ts'
import { plannedPauseOf } from '#domain/counter-facts.ts'
import { type PauseAdvice, type PauseWindow, pauseAdvice, windowsOfDay } from '#domain/planned-pause.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { withheldMs } from '#main/host/desk-state.ts'
import { recordFacts } from '#main/host/record.ts'
import { afterCommit, runCommand } from '#main/host/run-command.ts'

export function adviceNow(context: HostContext): PauseAdvice {
  const windows = windowsNow(context)
  if (windows.length === 0) return { kind: 'nothing' }
  const { repositories } = context
  const { open, paused, workingSince } = repositories.desk.get()
  const first = Math.min(...windows.map(({ from }) => from))
  return pauseAdvice(windows, mallNow(context), {
    ...{ open, paused, workingSince },
    // A give-away that may still be taken back would bring its visitor back to this desk; a pause would be the end of that.
    busy: repositories.entries.current() !== null || withheldMs(context) > 0,
    putOff: repositories.putOffPauses.since(first),
  })
}

function windowsNow(context: HostContext): PauseWindow[] {
  const config = context.config()
  return config?.pauses ? windowsOfDay(config.pauses, mallNow(context), config.mall.timeZone) : []
}

/** Asked every few seconds. Nobody asked for it, so nobody's name is on the fact. */
export function pauseWhenPlanned(context: HostContext): void {
  if (adviceNow(context).kind !== 'pause') return
  const hasPaused = context.store.transaction(() => {
    const advice = adviceNow(context)
    const { counter } = context.repositories.desk.get()
    if (advice.kind !== 'pause' || !counter) return false
    recordFacts(context, [plannedPauseOf(counter, advice.window)], null)
    return true
  })
  if (hasPaused) afterCommit(context)
}

/** `until` beyond its end is its end: then it is left out today. */
export function putOffPause(context: HostContext, { commandId, from, until }: MethodInput<'counter.putOffPause'>) {
  return runCommand<Record<never, never>, 'STALE_SCREEN'>(context, commandId, () => {
    const windows = windowsNow(context)
    const window = windows.find((one) => one.from === from)
    if (!window || mallNow(context) >= window.to) return { ok: false, code: 'STALE_SCREEN' }
    const { putOffPauses } = context.repositories
    putOffPauses.forgetBefore(Math.min(...windows.map((one) => one.from)))
    putOffPauses.put({ from, until: Math.min(Math.max(until, from), window.to) })
    return { ok: true, data: {} }
  })
}

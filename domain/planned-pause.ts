/**
 * Pauses by schedule (for example Friday prayer): what a counter does about them at this moment. Pure; the host asks every few seconds.
 * A counter pauses by itself and never goes on by itself. Whatever the officer decided counts: a pause that was put off begins later, one
 * that was put off to its end does not begin, and who went on to work during it is not paused once more.
 */
import { dayOf } from '#domain/business-date.ts'
import type { PauseReason } from '#domain/events.ts'

export const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** As the configuration has it; times are HH:MM of the mall. */
export type PlannedPause = { weekday: Weekday; from: string; to: string; reason: PauseReason }

/** A planned pause of a certain day, in epoch ms. */
export type PauseWindow = { from: number; to: number; reason: PauseReason }

export const REMIND_MS = 10 * 60_000

export type PauseState = {
  open: boolean
  paused: boolean
  /** Somebody is at the desk. */
  busy: boolean
  /** Since when the counter has been open and not paused; null when that is not known. */
  workingSince: number | null
  /** Until when the officer put off the pause that begins at `from`. */
  putOff: readonly { from: number; until: number }[]
}

export type PauseAdvice =
  | { kind: 'nothing' }
  /** It begins at `at`, or as soon as the visitor has left. */
  | { kind: 'remind'; window: PauseWindow; at: number }
  | { kind: 'pause'; window: PauseWindow }

const NOTHING: PauseAdvice = { kind: 'nothing' }

/** Today's windows in the order in which they begin. Throws RangeError for an unknown time zone. */
export function windowsOfDay(planned: readonly PlannedPause[], now: number, timeZone: string): PauseWindow[] {
  const { weekday, begin } = dayOf(now, timeZone)
  return planned
    .filter((pause) => pause.weekday === WEEKDAYS[weekday])
    .map(({ from, to, reason }) => ({ from: begin + ofDay(from), to: begin + ofDay(to), reason }))
    .toSorted((a, b) => a.from - b.from)
}

export function pauseAdvice(windows: readonly PauseWindow[], now: number, state: PauseState): PauseAdvice {
  if (!state.open || state.paused) return NOTHING
  for (const window of windows) {
    const at = beginOf(window, state)
    if (at >= window.to || now >= window.to || now < at - REMIND_MS) continue
    if (isDecided(state, at)) continue
    if (now < at || state.busy) return { kind: 'remind', window, at }
    return { kind: 'pause', window }
  }
  return NOTHING
}

/** When this window's pause begins: as planned, or when the officer put it off to. */
export function beginOf(window: PauseWindow, { putOff }: Pick<PauseState, 'putOff'>): number {
  return Math.max(window.from, putOff.find(({ from }) => from === window.from)?.until ?? window.from)
}

function isDecided({ workingSince }: PauseState, at: number): boolean {
  return workingSince !== null && workingSince >= at
}

function ofDay(time: string): number {
  const [hours, minutes] = time.split(':')
  return (Number(hours) * 60 + Number(minutes)) * 60_000
}

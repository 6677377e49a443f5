/** How a counter's day went by its own facts: when it opened and closed, how long it paused and why. */
import type { EventBody, PauseReason } from '#domain/events.ts'

export type CounterDay = {
  counterId: string
  openedAt: number
  /** Null while it is open at `until`. */
  closedAt: number | null
  openMs: number
  /** Of that, paused. */
  pausedMs: ReadonlyMap<PauseReason, number>
}

type SessionFact = Extract<EventBody, { type: `counter.${'opened' | 'closed' | 'paused' | 'resumed'}` }>

export function isSessionFact(event: EventBody): event is SessionFact {
  return ['counter.opened', 'counter.closed', 'counter.paused', 'counter.resumed'].includes(event.type)
}

type Running = {
  day: Omit<CounterDay, 'pausedMs'> & { pausedMs: Map<PauseReason, number> }
  openSince: number | null
  pause: { since: number; reason: PauseReason } | null
}

/** `facts` of one day in order of time, with `at` by the mall's clock. Counters in the order in which they opened. */
export function counterDays(facts: readonly SessionFact[], until: number): CounterDay[] {
  const counters = new Map<string, Running>()
  for (const { type, data, at } of facts) {
    const known = counters.get(data.counterId)
    if (type === 'counter.opened') {
      if (known) endOpen(known, at)
      counters.set(data.counterId, { ...(known ?? begun(data.counterId, at)), openSince: at, pause: null })
      continue
    }
    // Of a session that began on another day.
    if (known?.openSince === undefined || known.openSince === null) continue
    endPause(known, at)
    if (type === 'counter.paused') known.pause = { since: at, reason: data.reason }
    if (type === 'counter.closed') {
      endOpen(known, at)
      known.day.closedAt = at
    }
  }
  return [...counters.values()].map((counter) => {
    const isOpen = counter.openSince !== null
    endOpen(counter, until)
    return isOpen ? { ...counter.day, closedAt: null } : counter.day
  })
}

function begun(counterId: string, openedAt: number): Running {
  return {
    day: { counterId, openedAt, closedAt: null, openMs: 0, pausedMs: new Map() },
    openSince: null,
    pause: null,
  }
}

function endPause(counter: Running, at: number): void {
  const { pause, day } = counter
  if (!pause) return
  day.pausedMs.set(pause.reason, (day.pausedMs.get(pause.reason) ?? 0) + Math.max(0, at - pause.since))
  counter.pause = null
}

function endOpen(counter: Running, at: number): void {
  endPause(counter, at)
  if (counter.openSince !== null) counter.day.openMs += Math.max(0, at - counter.openSince)
  counter.openSince = null
}

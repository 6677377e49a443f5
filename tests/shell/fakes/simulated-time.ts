/** Time that only moves when a test says so; timers run in the order in which they fall due. */
import type { Timers } from '#main/shell/timers.ts'

export type SimulatedTime = Timers & { now(): number; advance(ms: number): void }

export function createSimulatedTime(): SimulatedTime {
  let now = 0
  const due = new Set<{ at: number; run: () => void }>()
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + ms, run }
      due.add(timer)
      return () => due.delete(timer)
    },
    advance(ms) {
      const end = now + ms
      for (;;) {
        const [next] = [...due].filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)
        if (!next) break
        due.delete(next)
        now = next.at
        next.run()
      }
      now = end
    },
  }
}

/**
 * The host's clock on the screen: the time of the last snapshot plus what this page's monotonic clock counted since.
 * The PC's own wall clock never shows, so a corrected clock cannot make a stopwatch jump.
 */
const TICK_MS = 250

export type HostClock = {
  sync(hostTime: number): void
  /** Epoch ms by the host's clock. */
  now(): number
  subscribe(onTick: () => void): () => void
}

export function createHostClock(): HostClock {
  const listeners = new Set<() => void>()
  let offset = Date.now() - performance.now()
  let timer: ReturnType<typeof setInterval> | undefined

  const tick = () => {
    for (const listener of listeners) listener()
  }

  return {
    sync(hostTime) {
      offset = hostTime - performance.now()
    },
    now: () => Math.round(performance.now() + offset),
    subscribe(onTick) {
      if (listeners.size === 0) timer = setInterval(tick, TICK_MS)
      listeners.add(onTick)
      return () => {
        listeners.delete(onTick)
        if (listeners.size === 0) clearInterval(timer)
      }
    },
  }
}

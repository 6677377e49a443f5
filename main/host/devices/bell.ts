/** How a device loop sleeps: until something happens, or for a time that a stop can cut short. */

export type Timers = {
  /** Runs once after ms; the returned function cancels. */
  after(ms: number, run: () => void): () => void
}

export const systemTimers: Timers = {
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
}

export type Bell = {
  /** Wakes the sleeper. The sleeper looks at the facts again, so a ring while it is awake is never missed. */
  ring(): void
  wait(): Promise<void>
  /** Sleeps ms, or until a ring after which isOver() is true. Leaves no timer behind. */
  sleep(ms: number, isOver: () => boolean): Promise<void>
}

export function createBell(timers: Timers): Bell {
  let release = () => {}
  const wait = () =>
    new Promise<void>((resolve) => {
      release = resolve
    })
  return {
    ring: () => release(),
    wait,
    async sleep(ms, isOver) {
      let due = false
      const cancel = timers.after(ms, () => {
        due = true
        release()
      })
      while (!due && !isOver()) await wait()
      cancel()
    },
  }
}

/** Waiting time before attempt after attempt: 1, 2, 4, 8, 15, 15 .. s. */
export type BackOff = { firstMs: number; maxMs: number }
export const DEFAULT_BACK_OFF: BackOff = { firstMs: 1000, maxMs: 15_000 }

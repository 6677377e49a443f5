/** Time as the supervisor knows it; tests put a simulated one in its place. */

export type Timers = {
  /** Calls `run` once after `ms`. Returns the function that cancels. */
  after(ms: number, run: () => void): () => void
}

export const realTimers: Timers = {
  after(ms, run) {
    const handle = setTimeout(run, ms)
    return () => clearTimeout(handle)
  },
}

/** Waiting between tries: doubling with jitter, so that forty counters do not come back in the same moment. */
export type BackOff = {
  /** Resolves after the next delay, at once when `signal` aborts or skip() is called. */
  wait(signal: AbortSignal): Promise<void>
  reset(): void
  skip(): void
}

export function createBackOff(firstMs: number, maxMs: number, random: () => number = Math.random): BackOff {
  let next = firstMs
  let skip: () => void = () => {}
  return {
    wait(signal) {
      const delay = next * (0.5 + random() / 2)
      next = Math.min(next * 2, maxMs)
      return new Promise((resolve) => {
        const done = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', done)
          resolve()
        }
        const timer = setTimeout(done, delay)
        signal.addEventListener('abort', done, { once: true })
        skip = done
        if (signal.aborted) done()
      })
    },
    reset() {
      next = firstMs
    },
    skip: () => skip(),
  }
}

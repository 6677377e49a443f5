/** Something that happens again and again, and that somebody may wait for. */
import { setTimeout as delay } from 'node:timers/promises'

export type Signal = {
  fire(): void
  /** Resolves with the next one, or after `ms` without. */
  next(ms: number): Promise<void>
}

export function createSignal(): Signal {
  let waiting: (() => void)[] = []
  return {
    fire() {
      const told = waiting
      waiting = []
      for (const tell of told) tell()
    },
    next: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms)
        waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      }),
  }
}

/** Polls until `isTrue`, at most so long. Returns whether it became true. */
export async function within(ms: number, isTrue: () => boolean): Promise<boolean> {
  const end = performance.now() + ms
  while (!isTrue()) {
    if (performance.now() > end) return false
    await delay(4)
  }
  return true
}

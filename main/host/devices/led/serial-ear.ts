/** Listens on a serial line for one answer at a time. */

export type Ear = {
  /** For the port's `data`. */
  hear(bytes: Uint8Array): void
  /** Begins to listen now; an earlier wait is given up. */
  listenFor(wanted: Uint8Array): Answer
}

/** True as soon as the wanted bytes have come in a row since listening began; false when the time is over. */
export type Answer = { within(ms: number): Promise<boolean> }

export function createEar(): Ear {
  let listener: ((bytes: Uint8Array) => void) | null = null

  return {
    hear: (bytes) => listener?.(bytes),
    listenFor(wanted) {
      let heard = Buffer.alloc(0)
      let isThere = wanted.length === 0
      let tell: ((found: boolean) => void) | null = null
      const hear = (bytes: Uint8Array) => {
        const all = Buffer.concat([heard, bytes])
        isThere ||= all.includes(Buffer.from(wanted))
        // No more than could still become the beginning of the answer.
        heard = all.subarray(Math.max(0, all.length - wanted.length + 1))
        if (isThere) tell?.(true)
      }
      listener = hear
      return {
        within: (ms) =>
          new Promise((resolve) => {
            const timer = setTimeout(() => end(false), ms)
            const end = (found: boolean) => {
              clearTimeout(timer)
              if (listener === hear) listener = null
              resolve(found)
            }
            tell = end
            if (isThere) end(true)
          }),
      }
    },
  }
}

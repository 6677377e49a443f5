/** What went over the serial lines of displays lately, for the technician's eye. Kept in memory only. */
import type { TrafficLine } from '#contract/methods/devices.ts'

const LINES_KEPT = 200
/** A display that chatters must not fill the screen: the beginning of what it says is enough. */
const BYTES_SHOWN = 256

export type Traffic = {
  record(where: string, direction: TrafficLine['direction'], bytes: Uint8Array): void
  /** Number of the newest line, 0 before the first. */
  newest(): number
  /** What came after line `n`, the oldest first. */
  after(n: number): TrafficLine[]
}

/** `now`: wall clock, ms since the Unix epoch. */
export function createTraffic(now: () => number): Traffic {
  let lines: TrafficLine[] = []
  let counted = 0
  return {
    record(where, direction, bytes) {
      counted += 1
      lines = [...lines, { n: counted, at: now(), where, direction, hex: hexOf(bytes) }].slice(-LINES_KEPT)
    },
    newest: () => counted,
    after: (n) => lines.filter((line) => line.n > n),
  }
}

/** "1B 40 0C" */
function hexOf(bytes: Uint8Array): string {
  const shown = Array.from(bytes.subarray(0, BYTES_SHOWN), (byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
  return bytes.length > BYTES_SHOWN ? `${shown.join(' ')} …` : shown.join(' ')
}

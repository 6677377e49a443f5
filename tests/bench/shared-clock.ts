/** Milliseconds on the machine's monotonic clock: the same in every process (CLOCK_MONOTONIC on Linux). */
export function sharedClock(): number {
  return Number(process.hrtime.bigint()) / 1_000_000
}

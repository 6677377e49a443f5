/** The back-off after wrong PINs, the same as at the desks: three tries, then 30 s, doubled up to 15 minutes. */
export type PinAttempts = { failures: number; lockedUntil: number }

const FREE_TRIES = 3
const FIRST_LOCK_MS = 30_000
const LONGEST_LOCK_MS = 15 * 60_000

export function afterWrongPin(failuresBefore: number, now: number): PinAttempts {
  const failures = failuresBefore + 1
  if (failures < FREE_TRIES) return { failures, lockedUntil: 0 }
  return { failures, lockedUntil: now + Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_TRIES), LONGEST_LOCK_MS) }
}

/** Seconds until the next try; 0 when it may be now. */
export function lockedSeconds({ lockedUntil }: PinAttempts, now: number): number {
  return Math.max(0, Math.ceil((lockedUntil - now) / 1000))
}

/** The back-off after wrong PINs, at desks and on the supervisor's page: a PIN of six digits is not found by trying. */
export type PinAttempts = { failures: number; lockedUntil: number }

const FREE_TRIES = 3
const FIRST_LOCK_MS = 30_000
const LONGEST_LOCK_MS = 15 * 60_000

/** From the third wrong PIN on each one locks: 30 s, then 1, 2, 4, 8 and at most 15 minutes. */
export function afterWrongPin(before: PinAttempts, now: number): PinAttempts {
  const failures = before.failures + 1
  const lock = lockMs(failures)
  return { failures, lockedUntil: lock === 0 ? 0 : now + lock }
}

/**
 * The attempts as they count now. A lock that ends later than its own length allows was set before the clock was put back:
 * it starts again once, and does not slide on for ever.
 */
export function afterClockChange(attempts: PinAttempts, now: number): PinAttempts {
  const latest = now + lockMs(attempts.failures)
  return attempts.lockedUntil > latest ? { ...attempts, lockedUntil: latest } : attempts
}

/** Seconds until the next try; 0 when it may be now. */
export function lockedSeconds(attempts: PinAttempts, now: number): number {
  return Math.max(0, Math.ceil((attempts.lockedUntil - now) / 1000))
}

function lockMs(failures: number): number {
  return failures < FREE_TRIES ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_TRIES), LONGEST_LOCK_MS)
}

/** PINs: scrypt as hashed at import, and the back-off after wrong ones. */
import { scrypt, timingSafeEqual } from 'node:crypto'
import type { PinAttempts } from '#db/repositories/pin-attempts.ts'

/**
 * Checks a PIN against `scrypt$N$salt$hash` (salt and hash base64url, r = 8, p = 1). Takes tens of milliseconds by design,
 * on a worker thread. Throws for a hash of another form.
 */
export function pinMatches(pin: string, stored: string): Promise<boolean> {
  const [kind, cost, salt, hash] = stored.split('$')
  if (kind !== 'scrypt' || !cost || !salt || !hash) throw new Error('unknown PIN hash format')
  const expected = Buffer.from(hash, 'base64url')
  const options = { N: Number(cost), r: 8, p: 1, maxmem: 256 * Number(cost) * 8 }
  return new Promise((resolve, reject) => {
    scrypt(pin, Buffer.from(salt, 'base64url'), expected.length, options, (error, key) => {
      if (error) reject(error)
      else resolve(timingSafeEqual(key, expected))
    })
  })
}

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

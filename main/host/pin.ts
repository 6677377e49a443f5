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

/** After three wrong PINs each further one locks: 30 s, 1, 2, 4, 8 and at most 15 minutes. */
export function afterWrongPin(before: PinAttempts, now: number): PinAttempts {
  const failures = before.failures + 1
  const lock = failures < FREE_TRIES ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (failures - FREE_TRIES), LONGEST_LOCK_MS)
  return { failures, lockedUntil: lock === 0 ? 0 : now + lock }
}

/** Seconds until the next try; 0 when it may be now. A clock set back never locks longer than the longest lock. */
export function lockedSeconds(attempts: PinAttempts, now: number): number {
  const left = Math.min(attempts.lockedUntil - now, LONGEST_LOCK_MS)
  return left > 0 ? Math.ceil(left / 1000) : 0
}

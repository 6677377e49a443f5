/** PINs: scrypt as hashed at import. */
import { scrypt, timingSafeEqual } from 'node:crypto'

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

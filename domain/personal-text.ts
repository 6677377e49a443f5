/**
 * Personal text (notes, names, prerequisite values) lives outside events so that it can be purged; the event keeps
 * SHA-256(salt || value) as proof. The salt is 22 base64url characters (16 random bytes), so the border is never ambiguous.
 */
import type { Sha256 } from '#domain/chain.ts'

export const SALT_LENGTH = 22

export function personalTextHash(sha256: Sha256, salt: string, value: string): string {
  if (salt.length !== SALT_LENGTH) throw new RangeError(`salt must have ${SALT_LENGTH} characters`)
  return sha256(salt + value)
}

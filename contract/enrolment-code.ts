/**
 * What a technician types once: eight characters that only the server knows, and for a server beyond this computer sixteen
 * more that name its certificate, so that the secret is never told to another server.
 */

import { BASE32, base32Head } from '#domain/base32.ts'

const SECRET_LENGTH = 8
/** 80 bits of a SHA-256: nobody finds a second certificate that begins alike. */
const PREFIX_LENGTH = 16
const PREFIX_HEX_LENGTH = (PREFIX_LENGTH * 5) / 4

export type EnrolmentCodeParts = {
  secret: string
  /** First 20 digits of the certificate's SHA-256 in lower case hex. Null: the code names no certificate. */
  fingerprintPrefix: string | null
}

/** Blanks, hyphens and case are the typist's own. Null for anything but 8 or 24 base32 characters. */
export function parseEnrolmentCode(typed: string): EnrolmentCodeParts | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '')
  if (!/^[A-Z2-7]+$/.test(code)) return null
  const secret = code.slice(0, SECRET_LENGTH)
  if (code.length === SECRET_LENGTH) return { secret, fingerprintPrefix: null }
  if (code.length !== SECRET_LENGTH + PREFIX_LENGTH) return null
  return { secret, fingerprintPrefix: hexOf(code.slice(SECRET_LENGTH)) }
}

/** The code as it is printed: XXXX-XXXX, and four groups more when there is a certificate (its SHA-256 in hex). */
export function withFingerprint(code: string, fingerprint: string | null): string {
  if (fingerprint === null) return code
  const groups = base32Head(fingerprint, PREFIX_LENGTH).match(/.{4}/g) ?? []
  return [code, ...groups].join('-')
}

function hexOf(base32: string): string {
  let bits = 0n
  for (const character of base32) bits = bits * 32n + BigInt(BASE32.indexOf(character))
  return bits.toString(16).padStart(PREFIX_HEX_LENGTH, '0')
}

/**
 * A visit's id follows from its printed number: SHA-256 over "mall|date|label", written as a UUID of version 8 (RFC 9562, 5.8).
 * So a desk that was cut off before it heard of a visit still knows whom a typed number means.
 */
import type { Sha256 } from '#domain/chain.ts'

export function visitIdOf(sha256: Sha256, mallId: string, businessDate: string, label: string): string {
  const hex = sha256(`${mallId}|${businessDate}|${label}`)
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}

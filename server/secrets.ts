/** Hashes and random secrets. Tokens and codes are long random values: plain SHA-256 keeps them; PINs need scrypt. */
import { hash, randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto'
import { BASE32 } from '#domain/base32.ts'

export function sha256(text: string): string {
  return hash('sha256', text)
}

/** 43 base64url characters, 256 random bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Eight base32 characters, as a technician types them. */
export function newEnrolmentCode(): string {
  return Array.from({ length: 8 }, () => BASE32[randomInt(BASE32.length)]).join('')
}

const N = 16_384
const SALT_BYTES = 16
const KEY_BYTES = 32

/** `scrypt$<N>$<salt base64url>$<key base64url>` with r = 8 and p = 1. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await deriveKey(pin, salt, N)
  return `scrypt$${N}$${salt.toString('base64url')}$${key.toString('base64url')}`
}

export async function verifyPin(pin: string, stored: string): Promise<boolean> {
  const [scheme, cost, salt, key] = stored.split('$')
  if (scheme !== 'scrypt' || !cost || !salt || !key) throw new TypeError('not a scrypt hash')
  const expected = Buffer.from(key, 'base64url')
  const actual = await deriveKey(pin, Buffer.from(salt, 'base64url'), Number(cost))
  return expected.length === actual.length && timingSafeEqual(expected, actual)
}

function deriveKey(text: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(text, salt, KEY_BYTES, { N: cost, r: 8, p: 1 }, (error, key) => (error ? reject(error) : resolve(key)))
  })
}

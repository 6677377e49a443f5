/**
 * A slip key as it travels: AES-256-GCM under a key that only this device's token gives (contract/wire/numbers.ts, SlipKeysReply). So
 * neither a log nor a copied database of the workstation shows a key that forges slips.
 */
import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'

const INFO = 'loket slip key'
const IV_BYTES = 12

/** IV, ciphertext and tag in base64url. */
export function sealSlipKey(key: Buffer, token: string, keyId: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', wrappingKey(token, keyId), iv)
  return Buffer.concat([iv, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

function wrappingKey(token: string, keyId: string): Buffer {
  return Buffer.from(hkdfSync('sha256', token, keyId, INFO, 32))
}

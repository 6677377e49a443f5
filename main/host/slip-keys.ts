/**
 * The mall's slip keys in use: unsealed with this device's token when a slip is first printed or read, kept in memory only.
 * `SlipKeysReply` in contract/wire/numbers.ts says how they are sealed.
 */
import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import type { Repositories } from '#db/repositories/index.ts'
import type { KeyedHash } from '#domain/slip.ts'

const INFO = 'loket slip key'
const IV_BYTES = 12
const TAG_BYTES = 16

export type SlipKeys = {
  keyedHash: KeyedHash
  /** Ids of the keys of a day, the one to print with first. Empty before the first contact of that week. */
  ofDay(businessDate: string): string[]
}

export function createSlipKeys({ device, slipKeys }: Pick<Repositories, 'device' | 'slipKeys'>): SlipKeys {
  const opened = new Map<string, { sealed: string; key: Buffer }>()

  function keyOf(keyId: string): Buffer | null {
    const stored = slipKeys.get(keyId)
    const token = device.get()?.token
    if (!stored || !token) return null
    const known = opened.get(keyId)
    if (known?.sealed === stored.sealed) return known.key
    const key = openSlipKey(stored.sealed, token, keyId)
    opened.set(keyId, { sealed: stored.sealed, key })
    return key
  }

  return {
    keyedHash(keyId, text) {
      const key = keyOf(keyId)
      return key && createHmac('sha256', key).update(text).digest('hex')
    },
    ofDay: (businessDate) => slipKeys.ofDay(businessDate).map(({ keyId }) => keyId),
  }
}

/** Throws for another token, another key id or a changed text. */
export function openSlipKey(sealed: string, token: string, keyId: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url')
  const wrapping = Buffer.from(hkdfSync('sha256', token, keyId, INFO, 32))
  const decipher = createDecipheriv('aes-256-gcm', wrapping, bytes.subarray(0, IV_BYTES))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()])
}

import { createPublicKey, generateKeyPairSync, randomBytes, randomUUID, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { signedHeadText } from '#contract/wire/agreed.ts'
import { SignedHead } from '#contract/wire/hello.ts'
import { openSlipKey } from '#main/host/slip-keys.ts'
import { isOurHead } from '#server/identity/own-heads.ts'
import { sealSlipKey } from '#server/identity/seal-slip-key.ts'
import { publicKeyOf, signHead } from '#server/identity/sign-head.ts'

const head = { generation: 1, seq: 7, hash: 'ab'.repeat(32) }

describe('a signed head', () => {
  const newKey = () => generateKeyPairSync('ed25519').privateKey
  const key = newKey()
  const deviceId = randomUUID()
  const signed = SignedHead.parse({ ...head, signature: signHead({ signingKey: key }, { deviceId, ...head }) })

  test('verifies with the 32 raw bytes that a device got when it enrolled', () => {
    expect(publicKeyOf(key)).toHaveLength(43)
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKeyOf(key) }, format: 'jwk' })
    const text = Buffer.from(signedHeadText(deviceId, head))
    expect(verify(null, text, publicKey, Buffer.from(signed.signature, 'base64url'))).toBe(true)
  })

  test.each([
    ['another seq', { seq: 8 }],
    ['another hash', { hash: 'cd'.repeat(32) }],
    ['another generation', { generation: 2 }],
    ['another signature', { signature: 'A'.repeat(86) }],
  ])('is not ours with %s', (_what, over) => {
    expect(isOurHead(key, deviceId, signed)).toBe(true)
    expect(isOurHead(key, deviceId, { ...signed, ...over })).toBe(false)
  })

  test('is not ours for another device or by another key', () => {
    expect(isOurHead(key, randomUUID(), signed)).toBe(false)
    expect(isOurHead(newKey(), deviceId, signed)).toBe(false)
  })
})

describe('a sealed slip key', () => {
  const key = randomBytes(32)
  const token = randomBytes(32).toString('base64url')

  test('opens with the token and the id it was sealed for, and looks different each time', () => {
    const sealed = sealSlipKey(key, token, '2026-11-16.a1')
    expect(openSlipKey(sealed, token, '2026-11-16.a1')).toEqual(key)
    expect(sealSlipKey(key, token, '2026-11-16.a1')).not.toBe(sealed)
    expect(Buffer.from(sealed, 'base64url')).toHaveLength(12 + 32 + 16)
  })

  test('stays closed to another token, under another id and when a bit was changed', () => {
    const sealed = sealSlipKey(key, token, '2026-11-16.a1')
    const changed = Buffer.from(sealed, 'base64url')
    changed[20] = (changed[20] ?? 0) ^ 1
    expect(() => openSlipKey(sealed, `${token}x`, '2026-11-16.a1')).toThrow()
    expect(() => openSlipKey(sealed, token, '2026-11-17.a1')).toThrow()
    expect(() => openSlipKey(changed.toString('base64url'), token, '2026-11-16.a1')).toThrow()
  })
})

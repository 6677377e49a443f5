import { createPublicKey, randomBytes, randomUUID, verify } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { SignedHead, signedHeadText } from '#contract/wire.ts'
import { openSlipKey, sealSlipKey } from '#server/identity/seal-slip-key.ts'
import { isOurHead, newServerKeyText, readServerKey, signHead } from '#server/identity/sign-head.ts'

const head = { generation: 1, seq: 7, hash: 'ab'.repeat(32) }

describe('a signed head', () => {
  const key = readServerKey(newServerKeyText())
  const deviceId = randomUUID()

  test('verifies with the 32 raw bytes that a device got when it enrolled', () => {
    const signed = SignedHead.parse(signHead(key, deviceId, head))
    expect(key.publicText).toHaveLength(43)
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key.publicText }, format: 'jwk' })
    const text = Buffer.from(signedHeadText(deviceId, head))
    expect(verify(null, text, publicKey, Buffer.from(signed.signature, 'base64url'))).toBe(true)
  })

  test.each([
    ['another seq', { seq: 8 }],
    ['another hash', { hash: 'cd'.repeat(32) }],
    ['another generation', { generation: 2 }],
    ['another signature', { signature: 'A'.repeat(86) }],
  ])('is not ours with %s', (_what, over) => {
    const signed = signHead(key, deviceId, head)
    expect(isOurHead(key, deviceId, signed)).toBe(true)
    expect(isOurHead(key, deviceId, { ...signed, ...over })).toBe(false)
  })

  test('is not ours for another device or by another key', () => {
    const signed = signHead(key, deviceId, head)
    expect(isOurHead(key, randomUUID(), signed)).toBe(false)
    expect(isOurHead(readServerKey(newServerKeyText()), deviceId, signed)).toBe(false)
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

import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type KeyedHash, readSlip, type Slip, slipText, typedCode } from '#domain/slip.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import { sha256 } from '#tests/support/sha256.ts'

const keyed =
  (...keyIds: string[]): KeyedHash =>
  (keyId, text) =>
    keyIds.includes(keyId) ? createHmac('sha256', `key of ${keyId}`).update(text).digest('hex') : null

const TODAY = '2026-11-21'
const slip: fc.Arbitrary<Slip> = fc.record({
  visitId: fc.integer({ min: 1, max: 999 }).map((n) => visitIdOf(sha256, 'mpp', TODAY, `SK-${n}`)),
  entryNo: fc.integer({ min: 1, max: 9 }),
  label: fc.constantFrom('SK-001', 'P-014', '4K-07', 'L03-12'),
  serviceId: fc.constantFrom('skck', 'ktp-el-baru', 'sim-a'),
  businessDate: fc.constant(TODAY),
  issuedAt: fc.integer({ min: 0, max: 1_900_000_000_000 }),
  priority: fc.constantFrom(null, 'elderly', 'disaster_victim'),
})

describe('a slip', () => {
  test('is read as it was printed', () => {
    fc.assert(
      fc.property(slip, (one) => {
        const text = slipText(one, 'k1', keyed('k1')) ?? ''
        expect(readSlip(` ${text}\n`, TODAY, keyed('k1'))).toEqual({ ok: true, slip: one })
        expect(text.length).toBeLessThan(200)
      }),
    )
  })

  test('with any altered character is refused', () => {
    const other = fc.constantFrom(...'ABCZ0129az;-')
    fc.assert(
      fc.property(slip, fc.nat(), other, (one, at, char) => {
        const text = slipText(one, 'k1', keyed('k1', 'k2')) ?? ''
        const index = at % text.length
        if (text[index] === char) return
        const altered = text.slice(0, index) + char + text.slice(index + 1)
        expect(readSlip(altered, TODAY, keyed('k1', 'k2'))).toMatchObject({ ok: false })
      }),
      { numRuns: 2_000 },
    )
  })

  test('of another day is old, and under a key that is not here is foreign', () => {
    fc.assert(
      fc.property(slip, (one) => {
        const text = slipText(one, 'k1', keyed('k1')) ?? ''
        expect(readSlip(text, '2026-11-22', keyed('k1'))).toEqual({ ok: false, code: 'SLIP_OLD' })
        expect(readSlip(text, '2026-11-30', keyed('k9'))).toEqual({ ok: false, code: 'SLIP_OLD' })
        expect(readSlip(text, TODAY, keyed('k2'))).toEqual({ ok: false, code: 'SLIP_FOREIGN' })
        const otherKey: KeyedHash = (_, words) => createHmac('sha256', 'another mall').update(words).digest('hex')
        expect(readSlip(text, TODAY, otherKey)).toEqual({ ok: false, code: 'SLIP_ALTERED' })
        expect(slipText(one, 'k2', keyed('k1'))).toBeNull()
      }),
    )
  })

  test('has a code to type that is its own', () => {
    fc.assert(
      fc.property(slip, slip, (a, b) => {
        const [codeA, codeB] = [typedCode(a, 'k1', keyed('k1')), typedCode(b, 'k1', keyed('k1'))]
        expect(codeA).toMatch(/^[A-Z2-7]{6}$/)
        const isSame = a.visitId === b.visitId && a.entryNo === b.entryNo && a.serviceId === b.serviceId
        expect(codeA === codeB).toBe(isSame)
      }),
    )
  })
})

test('a visit id follows from mall, date and label, and is a UUID of version 8', () => {
  const words = fc.record({
    mall: fc.constantFrom('mpp-a', 'mpp-b'),
    date: fc.constantFrom('2026-11-21', '2026-11-22'),
    n: fc.integer({ min: 1, max: 9_999 }),
  })
  fc.assert(
    fc.property(words, words, (a, b) => {
      const [idA, idB] = [a, b].map(({ mall, date, n }) => visitIdOf(sha256, mall, date, `A-${n}`))
      expect(idA).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(idA === idB).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
  )
})

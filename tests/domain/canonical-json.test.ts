import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'

const { value } = fc.letrec<{ value: CanonicalValue }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger().map((n) => n + 0),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'grapheme' }), tie('value'), { maxKeys: 4 }),
  ),
}))

test('agrees with an independent writer of RFC 8785', () => {
  fc.assert(
    fc.property(value, (sample) => {
      expect(canonicalJson(sample)).toBe(canonicalize(sample))
    }),
  )
})

test('reads back as the same value', () => {
  fc.assert(
    fc.property(value, (sample) => {
      expect(JSON.parse(canonicalJson(sample))).toEqual(sample)
    }),
  )
})

test('orders keys by UTF-16 units at every depth and leaves out undefined members', () => {
  const sample = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, b: { z: 1, a: undefined, Z: 0 } }

  expect(canonicalJson(sample)).toBe('{"\\r":2,"1":4,"b":{"Z":0,"z":1},"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}')
})

test.each([
  ['a fraction', 0.5],
  ['minus zero', -0],
  ['a number above the safe ones', 2 ** 53],
  ['NaN', Number.NaN],
  ['infinity', Number.POSITIVE_INFINITY],
  ['half a surrogate pair', '\ud83d'],
  ['half a surrogate pair as a key', { '\ud83d': 1 }],
  ['undefined', undefined],
  ['undefined in a list', [undefined]],
  ['a hole in a list', new Array(2)],
  ['a big integer', 1n],
  ['a function', () => 1],
])('refuses %s', (_what, wrong) => {
  expect(() => canonicalJson(wrong as CanonicalValue)).toThrow(TypeError)
})

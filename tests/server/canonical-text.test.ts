/** The quick look at canonical form decides as writing it all anew does, and no text that hides something passes. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'
import { isCanonicalText } from '#server/push/canonical-text.ts'

function isWritten(text: string): boolean {
  try {
    return canonicalJson(JSON.parse(text) as CanonicalValue) === text
  } catch {
    return false
  }
}

const isQuick = (text: string) => isCanonicalText(text, JSON.parse(text), JSON.parse(text))

const value = fc.jsonValue({ maxDepth: 4 })
const ints = fc.dictionary(
  fc.oneof(fc.string(), fc.nat(20).map(String)),
  fc.oneof(fc.integer(), fc.string(), fc.constant(null)),
)

test('it decides as writing all of it does', () => {
  const sorted = ints.map((one) => canonicalJson(one))
  const any = fc.oneof(value, ints).map((one) => JSON.stringify(one))
  fc.assert(
    fc.property(fc.oneof(any, sorted), (text) => {
      expect(isQuick(text)).toBe(isWritten(text))
    }),
    { numRuns: 2_000 },
  )
})

test.each([
  ['{"a":1,"b":2}', true],
  ['{"10":1,"9":2}', true],
  ['{"9":2,"10":1}', false],
  ['{"b":2,"a":1}', false],
  ['{"a":1,"a":1}', false],
  ['{"a": 1}', false],
  ['{"a":-0}', false],
  ['{"a":1.0}', false],
  ['{"a":1e3}', false],
  ['{"a":1.5}', false],
  ['{"a":9007199254740993}', false],
  ['{"a":"\\ud800"}', false],
  ['{"a":"\\u0041"}', false],
])('%s: %s', (text, isCanonical) => {
  expect(isQuick(text)).toBe(isCanonical)
})

test('what the shape passed over in silence is not passed over', () => {
  const text = '{"__proto__":{"x":1},"a":1}'
  expect(isCanonicalText(text, JSON.parse(text), { a: 1 })).toBe(false)
})

test.each([
  [64, true],
  [65, false],
  [8_000, false],
])('%i levels: %s, whatever stack there is', (levels, isCanonical) => {
  expect(isQuick('['.repeat(levels) + ']'.repeat(levels))).toBe(isCanonical)
  // The engine has 9 before 10: only writing it anew can tell.
  const odd = `{"10":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)},"9":1}`
  expect(isQuick(odd)).toBe(isCanonical)
})

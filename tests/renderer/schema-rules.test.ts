import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { draftProblems } from '#renderer/devices/draft-problems.ts'
import { readProfile, toProfile } from '#renderer/devices/profile-draft.ts'
import { brokenRule, fieldsOf, kindOf, readJson, readNumber, type Schema } from '#renderer/devices/schema-rules.ts'
import { comparePorts } from '#renderer/devices/use-device-list.ts'
import { CABLE, DRIVERS, NEW_CABLE, OLD_PORT, PROFILE } from '#tests/renderer/fake-devices.ts'

const ok = (schema: Schema, value: unknown) => brokenRule(schema, value) === null

describe('the rules of a form are those of the schema', () => {
  test('for whole numbers', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer({ min: 1, max: 60 }), fc.integer(), (a, b, step, value) => {
        const rule = z.int().min(Math.min(a, b)).max(Math.max(a, b)).multipleOf(step)
        expect(ok(z.toJSONSchema(rule) as Schema, value)).toBe(rule.safeParse(value).success)
      }),
    )
  })

  test('for texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.nat(12), (value, longest) => {
        const rule = z
          .string()
          .max(longest)
          .regex(/^[ -z]*$/)
        expect(ok(z.toJSONSchema(rule) as Schema, value)).toBe(rule.safeParse(value).success)
      }),
    )
  })

  test('and every default of every driver keeps them', () => {
    const fields = DRIVERS.flatMap(({ parameters }) => fieldsOf(parameters))
    expect(fields.length).toBeGreaterThan(50)
    expect(new Set(fields.map(([, schema]) => kindOf(schema)))).toEqual(
      new Set(['choice', 'yesNo', 'number', 'text', 'json']),
    )
    for (const [name, schema] of fields) {
      if (schema.default !== undefined) expect([name, brokenRule(schema, schema.default)]).toEqual([name, null])
    }
  })
})

test('what is typed becomes a value, or stays what it is', () => {
  expect([readNumber(' 12 '), readNumber('1.5'), readNumber(''), readNumber('-3')]).toEqual([12, '1.5', '', -3])
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
      const typed = JSON.stringify(value)
      expect(readJson(typed)).toEqual(typeof value === 'string' ? typed : JSON.parse(typed))
    }),
  )
  expect(readJson('[1,')).toBe('[1,')
})

test('a profile that nobody changed is saved as it was read', () => {
  const voice = { zone: 'a', volume: 5, repeats: 3, chime: false, reading: 'digits', languages: 'id+en' }
  for (const printer of [null, PROFILE.printer, { width: 58, transport: { kind: 'tcp', host: 'a', port: 9100 } }]) {
    const profile = { ...PROFILE, printer, voice }
    expect(toProfile(readProfile(profile))).toEqual(profile)
  }
})

test('a printer in the network needs an address and a port', () => {
  const printer = { width: 80, transport: { kind: 'tcp', host: ' ', port: 70_000 } }
  const problems = draftProblems(readProfile({ ...PROFILE, printer }), DRIVERS)
  expect(problems.map(({ at }) => at)).toEqual(['printer.transport.host', 'printer.transport.port'])
})

test('ports are compared with those seen before', () => {
  const first = comparePorts(null, [CABLE, OLD_PORT])
  expect(first.map(({ path, seen }) => [path, seen])).toEqual([
    ['COM1', 'there'],
    ['COM3', 'there'],
  ])
  const second = comparePorts(first, [{ ...NEW_CABLE, path: 'COM10' }, OLD_PORT])
  expect(second.map(({ path, seen }) => [path, seen])).toEqual([
    ['COM1', 'there'],
    ['COM3', 'gone'],
    ['COM10', 'fresh'],
  ])
  const third = comparePorts(second, [CABLE, OLD_PORT, { ...NEW_CABLE, path: 'COM10' }])
  expect(third.map(({ seen }) => seen)).toEqual(['there', 'fresh', 'fresh'])
})

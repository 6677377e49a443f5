import { expect, test } from 'vitest'
import { fieldsOf } from '#renderer/devices/schema-rules.ts'
import english from '#renderer/messages/drivers-en.json' with { type: 'json' }
import { DRIVERS } from '#tests/renderer/fake-devices.ts'

const names = DRIVERS.flatMap(({ name, parameters }) => [
  name,
  ...fieldsOf(parameters).map(([key, { title }]) => title ?? `${key} has no title`),
])

test('every driver and every parameter has an English name, and nothing else has', () => {
  expect(names.length).toBeGreaterThan(50)
  expect(Object.keys(english).sort()).toEqual([...new Set(names)].sort())
})

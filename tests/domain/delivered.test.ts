import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Delivered, deliveredBy, deliveredText, deliveredTotal, readDelivered } from '#domain/delivered.ts'

const list = fc.uniqueArray(
  fc.record({ serviceId: fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/), quantity: fc.integer({ min: 1, max: 99 }) }),
  { minLength: 1, maxLength: 5, selector: ({ serviceId }) => serviceId },
)

test('without a word about it the entry’s own service was delivered once', () => {
  const entry = { outcome: 'delivered', serviceId: 'kk', delivered: null } as const
  expect(deliveredBy(entry)).toEqual([{ serviceId: 'kk', quantity: 1 }])
  const said: Delivered[] = [{ serviceId: 'ktp', quantity: 3 }]
  expect(deliveredBy({ ...entry, delivered: said })).toEqual(said)
})

test('an entry that was not ended as delivered brought nothing', () => {
  for (const outcome of ['rejected', 'incomplete', null] as const) {
    expect(deliveredBy({ outcome, serviceId: 'kk', delivered: null })).toEqual([])
  }
})

test('rows keep exactly what was said, in one way', () => {
  fc.assert(
    fc.property(list, (said) => {
      expect(readDelivered(deliveredText(said))).toEqual(said)
      const turned = said.map(({ serviceId, quantity }) => ({ quantity, serviceId }))
      expect(deliveredText(turned)).toBe(deliveredText(said))
    }),
  )
  expect([deliveredText(null), readDelivered(null)]).toEqual([null, null])
})

test('services count by number, not by kind', () => {
  expect(
    deliveredTotal([
      { serviceId: 'kk', quantity: 3 },
      { serviceId: 'ktp', quantity: 1 },
    ]),
  ).toBe(4)
  expect(deliveredTotal([])).toBe(0)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { servicesPermitted, servicesTaken } from '#domain/services-taken.ts'

const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 })

test('a counter takes what was chosen of its services, in the configuration’s order', () => {
  expect(servicesTaken(['a', 'b', 'c'], ['c', 'a', 'x'])).toEqual(['a', 'c'])
  expect(servicesTaken(['a', 'b'], null)).toEqual(['a', 'b'])
})

test('whatever was chosen and however the configuration changes, an open counter takes something, and only its own', () => {
  fc.assert(
    fc.property(ids, fc.option(ids), (configured, chosen) => {
      const taken = servicesTaken(configured, chosen)
      expect(taken.length).toBeGreaterThan(0)
      expect(taken.every((id) => configured.some((one) => one === id))).toBe(true)
    }),
  )
})

test('an officer without a list may take everything of the counter, one with a list only what is on it', () => {
  expect(servicesPermitted(['a', 'b'], {})).toEqual(['a', 'b'])
  expect(servicesPermitted(['a', 'b'], undefined)).toEqual(['a', 'b'])
  expect(servicesPermitted(['a', 'b', 'c'], { serviceIds: ['c', 'x'] })).toEqual(['c'])
  expect(servicesPermitted(['a', 'b'], { serviceIds: ['x'] })).toEqual([])
})

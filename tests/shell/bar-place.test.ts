/** Where the compact bar stands: always to be seen, and where it was whenever that is possible. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BAR, type BarPlace, type Display, isSamePlace, placeOf, placeOn, type Rect } from '#main/electron/bar-place.ts'

const length = fc.integer({ min: -5_000, max: 5_000 })
const workArea = fc.record({
  x: length,
  y: length,
  width: fc.integer({ min: 320, max: 5_120 }),
  height: fc.integer({ min: 240, max: 2_880 }),
})
/** The primary one first; ids are told apart. */
const displays = fc
  .uniqueArray(fc.record({ id: fc.integer(), workArea }), { minLength: 1, maxLength: 4, selector: ({ id }) => id })
  .map((list) => list as [Display, ...Display[]])
const saved = fc.option(fc.record({ displayId: fc.integer(), x: length, y: length, width: length }))
const height = fc.integer({ min: BAR.height, max: 240 })

const isWithin = (inner: Rect, outer: Rect) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height

test('the bar is always whole on one display that is there, whatever was saved', () => {
  fc.assert(
    fc.property(displays, saved, height, (there, place, high) => {
      const put = placeOn(there, place, high)
      expect(there.some((display) => isWithin(put, display.workArea))).toBe(true)
      expect(put.width).toBeLessThanOrEqual(BAR.maxWidth)
    }),
  )
})

test('it comes back to the very place where it was left, also when that display now hangs elsewhere', () => {
  fc.assert(
    fc.property(displays, fc.nat(), saved, height, length, length, (there, index, place, high, dx, dy) => {
      const home = there[index % there.length] ?? there[0]
      const before = placeOn(there, place && { ...place, displayId: home.id }, high)
      const left = placeOf(before, place ? home : there[0])
      const moved = there.map(({ id, workArea: area }) => ({
        id,
        workArea: { ...area, x: area.x + dx, y: area.y + dy },
      })) as [Display, ...Display[]]
      expect(placeOn(moved, left, high)).toEqual({ ...before, x: before.x + dx, y: before.y + dy })
    }),
  )
})

test('without its display it stands on the primary one, in the middle of the upper edge', () => {
  const primary = { id: 1, workArea: { x: 0, y: 0, width: 1366, height: 728 } }
  const left: Display = { id: 2, workArea: { x: -1920, y: 0, width: 1920, height: 1040 } }
  const place: BarPlace = { displayId: 2, x: 1_300, y: 960, width: 620 }
  expect(placeOn([primary, left], place, 72)).toEqual({ x: -620, y: 960, width: 620, height: 72 })
  expect(placeOn([primary], place, 72)).toEqual({ x: 373, y: 0, width: 620, height: 72 })
  expect(placeOn([primary], null, 72)).toEqual({ x: 383, y: 0, width: 600, height: 72 })
})

test('at the lower edge it grows upwards, and stands as before when it is small again', () => {
  const display = { id: 1, workArea: { x: 0, y: 0, width: 1366, height: 728 } }
  const place: BarPlace = { displayId: 1, x: 700, y: 656, width: 600 }
  expect(placeOn([display], place, 120)).toEqual({ x: 700, y: 608, width: 600, height: 120 })
  expect(placeOn([display], place, 72)).toEqual({ x: 700, y: 656, width: 600, height: 72 })
})

test('a pixel of rounding is no new place, two are', () => {
  const bounds = { x: 10, y: 20, width: 600, height: 72 }
  expect(isSamePlace(bounds, { ...bounds, x: 11, width: 599, height: 120 })).toBe(true)
  expect(isSamePlace(bounds, { ...bounds, y: 22 })).toBe(false)
})

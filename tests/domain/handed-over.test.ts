import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { handedOverText, readHandedOver, validity } from '#domain/handed-over.ts'

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10))

describe('what a step hands over', () => {
  test('is one text for number and date, and both come back', () => {
    const value = fc.string({ minLength: 1, maxLength: 100 }).filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(value, day, (number, issuedOn) => {
        const said = { value: number, issuedOn }
        expect(readHandedOver(handedOverText(said))).toEqual(said)
      }),
    )
  })

  test.each(['STPLK/1187/XI/2026', '2026-11-16', '2026-02-30 B/1', 'B/1 2026-11-16', '2026-11-16B/1'])(
    'without a date is a number alone: %s',
    (text) => {
      expect(readHandedOver(text)).toEqual({ value: text, issuedOn: null })
      expect(handedOverText({ value: text, issuedOn: null })).toBe(text)
    },
  )
})

describe('a letter that is valid for some days', () => {
  test('is good up to and with its last day, over months and leap years', () => {
    const letter = (issuedOn: string, today: string) => validity(issuedOn, 14, today)
    expect(letter('2026-11-16', '2026-11-30')).toEqual({ issuedOn: '2026-11-16', until: '2026-11-30', isOver: false })
    expect(letter('2026-11-16', '2026-12-01').isOver).toBe(true)
    expect(letter('2028-02-20', '2028-02-20').until).toBe('2028-03-05')
  })

  test('is over exactly when more days than that have passed', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 365 }), fc.integer({ min: 0, max: 400 }), (issuedOn, days, passed) => {
        const today = new Date(Date.parse(issuedOn) + passed * 86_400_000).toISOString().slice(0, 10)
        expect(validity(issuedOn, days, today).isOver).toBe(passed > days)
      }),
    )
  })
})

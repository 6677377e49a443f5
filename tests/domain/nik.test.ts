import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { looksLikeNik } from '#domain/nik.ts'

const two = (number: number) => String(number).padStart(2, '0')
const date = fc.date({ min: new Date('1930-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length })

describe('a number of a person', () => {
  it('is known by its province and its date of birth, a woman’s by the day and 40, however it is grouped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11, max: 94 }), digits(4), date, fc.boolean(), digits(4), (...parts) => {
        const [province, place, birth, isWoman, serial] = parts
        const day = birth.getUTCDate() + (isWoman ? 40 : 0)
        const born = `${two(day)}${two(birth.getUTCMonth() + 1)}${two(birth.getUTCFullYear() % 100)}`
        expect(looksLikeNik(`${province}${place}${born}${serial}`)).toBe(true)
        expect(looksLikeNik(` ${province}${place}-${born}.${serial}/`)).toBe(true)
      }),
    )
  })

  it.each([
    ['an NTPN', '0A1B2C3D4E5F6G7H'],
    ['a billing code of 15 digits', '820261121000001'],
    ['17 digits', '51710112059000017'],
    ['a province that is none', '0971011205900001'],
    ['another one', '9571011205900001'],
    ['no day', '5171010005900001'],
    ['a day between those of men and women', '5171013205900001'],
    ['a day after those of women', '5171017205900001'],
    ['no month', '5171011200900001'],
    ['a thirteenth month', '5171011213900001'],
    ['the 30th of February', '5171013002900001'],
    ['a woman’s 31st of April', '5171017104900001'],
    ['letters', '517101120590000X'],
    ['nothing', ''],
  ])('is not %s: %s', (_what, text) => {
    expect(looksLikeNik(text)).toBe(false)
  })

  it('is seen in few of other numbers with sixteen digits', () => {
    const others = fc.sample(digits(16), { numRuns: 5_000, seed: 1 })
    expect(others.filter(looksLikeNik).length / others.length).toBeLessThan(0.1)
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskNiks } from '#domain/nik.ts'
import { keptNote, mayBeNoted, notesKeptSince } from '#domain/note.ts'

const TODAY = '2026-11-21'
const digit = fc.constantFrom(...'0123456789')
const digits = (length: number) => fc.string({ unit: digit, minLength: length, maxLength: length })
const two = (number: number) => String(number).padStart(2, '0')
const nik = fc
  .tuple(
    ...([fc.integer({ min: 11, max: 94 }), digits(4), fc.integer({ min: 1, max: 28 })] as const),
    ...([fc.boolean(), fc.integer({ min: 1, max: 12 }), digits(2), digits(4)] as const),
  )
  .map(
    ([province, place, day, isWoman, month, year, serial]) =>
      `${province}${place}${two(isWoman ? day + 40 : day)}${two(month)}${year}${serial}`,
  )
const words = fc.string({ unit: fc.constantFrom(...'abcz ,:;(\n'), maxLength: 20 })

describe('a NIK in running text', () => {
  test('keeps its last four digits and nothing else, however it is grouped; all around it stays', () => {
    const between = fc.constantFrom('', ' ', '.', '-', '/', '\n', ' - ')
    fc.assert(
      fc.property(
        words,
        nik,
        between,
        fc.uniqueArray(fc.integer({ min: 1, max: 15 }), { maxLength: 4 }),
        words,
        (...parts) => {
          const [before, number, separator, cuts, after] = parts
          const grouped = number
            .split('')
            .map((one, place) => (cuts.includes(place) ? separator + one : one))
            .join('')
          const masked = maskNiks(before + grouped + after)
          expect(masked.replace(/[\s./-]/g, '')).toContain(`${'*'.repeat(12)}${number.slice(-4)}`)
          expect(masked.slice(0, before.length)).toBe(before)
          expect(masked.slice(before.length + grouped.length)).toBe(after)
          expect(masked).toHaveLength(before.length + grouped.length + after.length)
        },
      ),
    )
  })

  test('is found behind a date and beside a word', () => {
    expect(maskNiks('tanggal 12-11-2026 5171011205900001')).toBe('tanggal 12-11-2026 ************0001')
    expect(maskNiks('NIK5171 0112 0590 0001x, lalu 5171015205900002.')).toBe(
      'NIK**** **** **** 0001x, lalu ************0002.',
    )
  })

  test.each([
    ['an official’s NIP', '19800101 200501 1 001'],
    ['a longer number', '51710112059000012'],
    ['a telephone number', '0812-3456-7890'],
    ['sixteen digits that are no NIK', '9971011205900001'],
    ['digits with words between', '5171 dan 0112 dan 0590 dan 0001'],
    ['nothing', ''],
  ])('is not seen in %s', (_what, text) => {
    expect(maskNiks(text)).toBe(text)
  })
})

describe('a long text', () => {
  /** Of the processor, so that other work on this machine counts for nothing. */
  function msOf(run: () => unknown): number {
    const before = process.cpuUsage()
    run()
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000
  }

  test.each([
    ['one number', '7'.repeat(100_000)],
    ['numbers of one digit', '7 '.repeat(50_000)],
    ['numbers of fifteen digits', `${'7'.repeat(15)} `.repeat(6_667)],
    ['what begins like a NIK again and again', '5171011205900 '.repeat(8_000)],
  ])('is looked through once: %s takes as long whole as in pieces', (_what, text) => {
    const pieces = text.match(/.{1,1000}/gs) ?? []
    const [inPieces, whole] = [msOf(() => pieces.map(maskNiks)), msOf(() => maskNiks(text))]
    expect(whole).toBeLessThan(10 * inPieces + 100)
  })
})

describe('a note', () => {
  test('is kept without blank ends, with one kind of line end, and with what every database takes', () => {
    expect(keptNote('  Berkas\r\nkurang\u0000 \u0007satu\rlembar\t\n ')).toBe('Berkas\nkurang satu\nlembar')
    expect(keptNote(`a${String.fromCharCode(0xd800)}b`)).toBe('a\ufffdb')
    expect(keptNote(' \u0000 ')).toBe('')
  })

  test('never grows by being kept, and always can be written as JSON in UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (typed) => {
        const kept = keptNote(typed)
        expect(kept.length).toBeLessThanOrEqual(typed.length)
        expect(kept.isWellFormed()).toBe(true)
        expect(keptNote(kept)).toBe(kept)
      }),
    )
  })

  test('may be written while the visitor is here or set aside, and until the day is over about whom was ended here', () => {
    const at = (status: Parameters<typeof mayBeNoted>[0]['status'], businessDate: string) =>
      mayBeNoted({ status, businessDate }, TODAY)
    for (const status of ['called', 'serving', 'on_hold'] as const) {
      expect([at(status, TODAY), at(status, '2026-11-20')]).toEqual([true, true])
    }
    for (const status of ['completed', 'forwarded', 'no_show', 'cancelled'] as const) {
      expect([at(status, TODAY), at(status, '2026-11-20')]).toEqual([true, false])
    }
    for (const status of ['waiting', 'expired', 'superseded'] as const) expect(at(status, TODAY)).toBe(false)
  })

  test('is kept for whole days', () => {
    expect(notesKeptSince(30 * 86_400_000 + 5, 30)).toBe(5)
  })
})

/** Rules of a line or two. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Label } from '#contract/events.ts'
import { businessDate, dayOf, zoneName } from '#domain/business-date.ts'
import { dayFirst, isCalendarDate, readDayFirst } from '#domain/calendar-date.ts'
import { handingStep, nextStep } from '#domain/journey.ts'
import { personalTextHash } from '#domain/personal-text.ts'
import { servingTone, waitingTone } from '#domain/service-standard.ts'
import { deskSeriesLabel, parseTicketLabel, ticketLabel } from '#domain/ticket-label.ts'
import { sha256 } from '#tests/support/sha256.ts'

describe('a date that is typed', () => {
  const dates = fc
    .integer({ min: Date.UTC(1990, 0), max: Date.UTC(2090, 0) })
    .map((at) => new Date(at).toISOString().slice(0, 10))

  test('is read day first with any separator, with none, without leading zeros, and with the year first', () => {
    fc.assert(
      fc.property(dates, fc.constantFrom('-', '/', '.', ' ', ' - '), (date, separator) => {
        const [year, month, day] = date.split('-')
        const short = [Number(day), Number(month), year].join(separator)
        for (const typed of [
          dayFirst(date),
          [day, month, year].join(separator),
          `${day}${month}${year}`,
          short,
          date,
        ]) {
          expect(readDayFirst(` ${typed}\n`)).toBe(date)
        }
      }),
    )
  })

  test('is a date of the calendar or nothing, whatever was typed', () => {
    const almost = fc.stringMatching(/^[0-9./ -]{0,12}$/)
    fc.assert(
      fc.property(fc.oneof(almost, fc.string()), (typed) => {
        const date = readDayFirst(typed)
        expect(date === null || isCalendarDate(date)).toBe(true)
      }),
    )
    for (const typed of ['', '5', '31-02-2026', '11/26/2026', '05-11-26', '051126', '20261105', '5 November 2026']) {
      expect(readDayFirst(typed), typed).toBeNull()
    }
  })
})

describe('the business date', () => {
  const ZONES = ['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura']

  test('is the date that the engine’s own calendar has in the mall’s zone, whatever the zone of the PC', () => {
    const calendars = new Map(
      // en-CA writes dates as YYYY-MM-DD.
      ZONES.map((timeZone) => [timeZone, new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })]),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2060, 0) }),
        (zone, at) => {
          const { begin } = dayOf(at, zone)
          for (const one of [at, begin, begin - 1]) {
            expect(businessDate(one, zone)).toBe(calendars.get(zone)?.format(one))
          }
        },
      ),
    )
  })

  test('changes at the mall’s midnight', () => {
    const midnight = Date.parse('2026-12-31T16:00:00Z')
    expect(businessDate(midnight - 1, 'Asia/Makassar')).toBe('2026-12-31')
    expect(businessDate(midnight, 'Asia/Makassar')).toBe('2027-01-01')
  })

  test('of an unknown zone is an error, not a guess', () => {
    expect(() => businessDate(0, 'Asia/Entah')).toThrow(RangeError)
  })

  test('has zones with their Indonesian names', () => {
    expect(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura', 'UTC'].map(zoneName)).toEqual([
      'WIB',
      'WITA',
      'WIT',
      'UTC',
    ])
  })
})

describe('ticket labels', () => {
  const prefix = fc.stringMatching(/^[0-9]?[A-Z]{1,3}$/)

  test('keep their leading zeros and all digits of a long number', () => {
    expect(ticketLabel('A', 1, 3).text).toBe('A-001')
    expect(ticketLabel('4K', 1, 2).text).toBe('4K-01')
    expect(ticketLabel('1A', 1234, 3).text).toBe('1A-1234')
  })

  test('read back as what was written, and the wire accepts them', () => {
    fc.assert(
      fc.property(
        prefix,
        fc.integer({ min: 1, max: 99_999 }),
        fc.integer({ min: 2, max: 4 }),
        (letters, n, padding) => {
          const label = ticketLabel(letters, n, padding)
          expect(parseTicketLabel(label.text)).toEqual(label)
          expect(Label.parse(label.text)).toBe(label.text)
          expect(Number(label.digits)).toBe(n)
        },
      ),
    )
  })

  test('of a desk’s own series can never be a service’s number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 }), (slot, n) => {
        const label = deskSeriesLabel(slot, 1, n)
        expect(Label.parse(label.text)).toBe(label.text)
        expect(parseTicketLabel(label.text)).toEqual(label)
        expect(label.prefix).not.toMatch(/^[0-9]?[A-Z]{1,3}$/)
      }),
    )
    expect(deskSeriesLabel(3, 1, 12).text).toBe('L03-12')
    expect(deskSeriesLabel(3, 2, 12).text).toBe('L03-1012')
  })

  test.each(['', 'A', 'A-', 'A-1', 'a-001', 'ABCD-001', 'A-001 ', '12A-001', 'A-0x1', 'L3-12'])(
    '"%s" is not a label',
    (text) => {
      expect(parseTicketLabel(text)).toBeNull()
    },
  )
})

describe('personal text', () => {
  test('leaves only SHA-256 of salt and value', () => {
    const salt = 'abcdefghijklmnopqrstuv'
    expect(personalTextHash(sha256, salt, 'B/123')).toBe(sha256('abcdefghijklmnopqrstuvB/123'))
  })

  test('refuses a salt of another length: the border to the value must be certain', () => {
    expect(() => personalTextHash(sha256, 'abc', 'x')).toThrow(RangeError)
  })
})

describe('a journey', () => {
  const journey = {
    id: 'ktp-hilang',
    steps: [{ serviceId: 'hilang' }, { serviceId: 'ktp' }],
  }

  test('goes on to the next step and ends', () => {
    expect(['hilang', 'ktp', 'entah'].map((service) => nextStep(journey, service))).toEqual(['ktp', null, null])
  })

  test('names the step that handed something over, without a journey only for a service that comes later', () => {
    const letter = { serviceId: 'hilang', handsOver: { key: 'surat' } }
    const other = { id: 'lain', steps: [{ serviceId: 'stnk' }, { ...letter, serviceId: 'samsat' }] }
    const journeys = [other, { id: 'ktp-hilang', steps: [letter, { serviceId: 'ktp' }] }]
    const at = (journeyId: string | null, serviceId: string, key = 'surat') =>
      handingStep(journeys, { journeyId, serviceId }, key)
    expect(at('ktp-hilang', 'ktp')).toBe(letter)
    expect(at(null, 'ktp')).toBe(letter)
    expect([at(null, 'hilang'), at(null, 'stnk'), at('entah', 'ktp'), at('ktp-hilang', 'ktp', 'lain')]).toEqual([
      null,
      null,
      null,
      null,
    ])
  })
})

describe('the service standard', () => {
  const minute = 60_000

  test('colours serving: near from 80 %, over beyond the published time', () => {
    expect([0, 11.9, 12, 15, 15.001].map((m) => servingTone(m * minute, 15))).toEqual([
      'calm',
      'calm',
      'near',
      'near',
      'over',
    ])
  })

  test('colours waiting: near from one published time, over from two', () => {
    expect([0, 14.9, 15, 29.9, 30].map((m) => waitingTone(m * minute, 15))).toEqual([
      'calm',
      'calm',
      'near',
      'near',
      'over',
    ])
  })
})

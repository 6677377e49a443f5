import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkIn, EARLIEST_MS, LATEST_MS } from '#domain/appointment.ts'
import { businessDate, instantOf } from '#domain/business-date.ts'

const TODAY = '2026-11-21'
const AT = instantOf(TODAY, '09:30', 'Asia/Makassar')
const booking = { code: 'MPP-0042', serviceId: 'skck', businessDate: TODAY, at: AT, isUsed: false }

it('is good from an hour before its time until half an hour after it, and both ends count', () => {
  for (const now of [AT - EARLIEST_MS, AT, AT + LATEST_MS]) expect(checkIn(booking, TODAY, now).ok).toBe(true)
  expect(checkIn(booking, TODAY, AT - EARLIEST_MS - 1)).toEqual({
    ...{ ok: false, code: 'APPOINTMENT_EARLY', detail: { at: AT - EARLIEST_MS } },
  })
  expect(checkIn(booking, TODAY, AT + LATEST_MS + 1)).toEqual({
    ok: false,
    code: 'APPOINTMENT_LATE',
    detail: { at: AT },
  })
})

it('says whether it is unknown, of another day, or used, whatever the time is', () => {
  expect(checkIn(null, TODAY, AT)).toEqual({ ok: false, code: 'APPOINTMENT_UNKNOWN' })
  expect(checkIn(booking, '2026-11-22', AT)).toMatchObject({ code: 'APPOINTMENT_OTHER_DAY', detail: { at: AT } })
  expect(checkIn({ ...booking, isUsed: true }, '2026-11-22', AT)).toEqual({ ok: false, code: 'APPOINTMENT_USED' })
})

it('a clock time of the mall is that time on that date in its zone', () => {
  const zones = fc.constantFrom('Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura')
  fc.assert(
    fc.property(
      zones,
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 3650 }),
      (timeZone, minute, day) => {
        const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        const at = instantOf(date, time, timeZone)
        expect(businessDate(at, timeZone)).toBe(date)
        expect(new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(at)).toBe(time)
      },
    ),
  )
  expect(() => instantOf(TODAY, '09:30', 'Europe/Berlin')).toThrow(RangeError)
})

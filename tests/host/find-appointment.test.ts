import { expect, it } from 'vitest'
import { findAppointment } from '#main/host/use-cases/find-appointment.ts'
import { NINE, openTestDesk, TODAY } from '#tests/support/test-desk.ts'

const MINUTE = 60_000

function deskWith(minutesFromNow: number, over: { businessDate?: string; isUsed?: boolean; serviceId?: string } = {}) {
  const desk = openTestDesk()
  const at = NINE + minutesFromNow * MINUTE
  const booking = { code: 'MPP-1', serviceId: 'skck', businessDate: TODAY, at, isUsed: false, ...over }
  desk.store.transaction(() => desk.repositories.appointments.replaceAll([booking]))
  return (code: string) => findAppointment(desk.context, { code })
}

it('a code is found as people write it, and what is good for nothing is unknown', () => {
  const find = deskWith(15)
  expect(find(' mpp-1 ')).toEqual({
    ...{ ok: true, data: { code: 'MPP-1', serviceId: 'skck', at: NINE + 15 * MINUTE } },
  })
  expect(find('LOKET2;yesterday')).toEqual({ ok: false, code: 'APPOINTMENT_UNKNOWN' })
})

it('a refusal names the time and the day by the mall’s clock', () => {
  expect(deskWith(90)('MPP-1')).toEqual({
    ok: false,
    code: 'APPOINTMENT_EARLY',
    detail: { time: '09.30', day: Date.parse(`${TODAY}T04:00:00Z`) },
  })
  expect(deskWith(-45)('MPP-1')).toMatchObject({ code: 'APPOINTMENT_LATE', detail: { time: '08.15' } })
  expect(deskWith(1440, { businessDate: '2026-11-22' })('MPP-1')).toMatchObject({
    code: 'APPOINTMENT_OTHER_DAY',
    detail: { time: '09.00', day: Date.parse('2026-11-22T04:00:00Z') },
  })
  expect(deskWith(0, { isUsed: true })('MPP-1')).toEqual({ ok: false, code: 'APPOINTMENT_USED' })
  expect(deskWith(0, { serviceId: 'sudah-tutup' })('MPP-1')).toEqual({ ok: false, code: 'SERVICE_UNKNOWN' })
})

it('a list that was read before a use came does not make the code good again; that it was given free does', () => {
  const desk = openTestDesk()
  const { appointments } = desk.repositories
  const booking = { code: 'MPP-1', serviceId: 'skck', businessDate: TODAY, at: NINE, isUsed: false }
  const take = () => desk.store.transaction(() => appointments.replaceAll([booking]))
  const told = (isUsed: boolean) => desk.store.transaction(() => appointments.setUsed('MPP-1', isUsed))
  const find = () => findAppointment(desk.context, { code: 'MPP-1' })
  take()
  told(true)
  take()
  expect(find()).toEqual({ ok: false, code: 'APPOINTMENT_USED' })
  told(false)
  take()
  expect(find()).toMatchObject({ ok: true })
})

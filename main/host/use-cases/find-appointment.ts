/** Check-in: what a booking code is good for right now, from the list that this desk keeps, also while cut off. */
import type { Failure, MethodInput } from '#contract/desk-api.ts'
import { type Appointment, type CheckInRefusal, checkIn } from '#domain/appointment.ts'
import { businessDate } from '#domain/business-date.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { today } from '#main/host/desk-state.ts'

export function findAppointment(context: HostContext, { code }: MethodInput<'appointment.find'>) {
  const found = checkInNow(context, code)
  if (!found.ok) return found
  const { serviceId, at } = found.appointment
  if (!context.config()?.services.some(({ id }) => id === serviceId)) {
    return { ok: false, code: 'SERVICE_UNKNOWN' } as const
  }
  return { ok: true, data: { code: found.appointment.code, serviceId, at } } as const
}

/** Inside the transaction that uses it, or to look. A refusal names a time and a day of the mall. */
export function checkInNow(
  context: HostContext,
  code: string,
): { ok: true; appointment: Appointment } | Failure<CheckInRefusal> {
  const known = context.repositories.appointments.get(code.trim().toUpperCase())
  const found = checkIn(known, today(context), mallNow(context))
  if (found.ok || !found.detail) return found
  const timeZone = context.config()?.mall.timeZone ?? 'Asia/Jakarta'
  const { at } = found.detail
  const clock = new Intl.DateTimeFormat('id-ID', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const detail = { time: clock.format(at), day: noonOf(businessDate(at, timeZone)) }
  return { ok: false, code: found.code, detail }
}

/** A date as an instant that is on this date in every zone of the country. */
export function noonOf(date: string): number {
  return Date.parse(`${date}T04:00:00Z`)
}

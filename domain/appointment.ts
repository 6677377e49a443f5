/** Whether a booking may be turned into a number now. A code says no more than a service and a time: who comes is nobody's business. */
export type Appointment = { code: string; serviceId: string; businessDate: string; at: number; isUsed: boolean }

/** So long before its time a visitor may check in; the place in line counts from later on (domain/rank.ts). */
export const EARLIEST_MS = 60 * 60_000
/** So long after it the place is given up: the visitor takes a number like anybody. */
export const LATEST_MS = 30 * 60_000

export type CheckInRefusal =
  | 'APPOINTMENT_UNKNOWN'
  | 'APPOINTMENT_OTHER_DAY'
  | 'APPOINTMENT_EARLY'
  | 'APPOINTMENT_LATE'
  | 'APPOINTMENT_USED'

/** `detail.at`: the instant that the sentence names. */
export type CheckIn =
  | { ok: true; appointment: Appointment }
  | { ok: false; code: CheckInRefusal; detail?: { at: number } }

export function checkIn(appointment: Appointment | null, today: string, now: number): CheckIn {
  if (!appointment) return { ok: false, code: 'APPOINTMENT_UNKNOWN' }
  const { at, businessDate, isUsed } = appointment
  if (isUsed) return { ok: false, code: 'APPOINTMENT_USED' }
  if (businessDate !== today) return { ok: false, code: 'APPOINTMENT_OTHER_DAY', detail: { at } }
  if (now < at - EARLIEST_MS) return { ok: false, code: 'APPOINTMENT_EARLY', detail: { at: at - EARLIEST_MS } }
  if (now > at + LATEST_MS) return { ok: false, code: 'APPOINTMENT_LATE', detail: { at } }
  return { ok: true, appointment }
}

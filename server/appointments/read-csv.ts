/** The file of bookings: code,serviceId,date,time with a header line. Everything wrong with it is told, by line. */
import { AppointmentCode } from '#contract/events.ts'
import { instantOf } from '#domain/business-date.ts'
import { isCalendarDate } from '#domain/calendar-date.ts'
import type { Mall } from '#server/config/mall.ts'

export type Booking = { code: string; serviceId: string; businessDate: string; at: number }

export type CsvReading = { ok: true; bookings: Booking[] } | { ok: false; problems: string[] }

/** A column more would be a name or a number of a person: such a file is not taken in. */
const HEADER = 'code,serviceId,date,time'
const MOST = 20_000
/** So many problems are enough to see what is wrong with a file. */
const TOLD = 20

export function readAppointments(text: string, { services, timeZone }: Mall): CsvReading {
  const [header = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/)
  if (header.trim() !== HEADER) {
    return { ok: false, problems: [`baris 1: tulis tepat "${HEADER}". Nama, NIK atau kolom lain tidak boleh ada.`] }
  }
  const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : { line, no: index + 2 }))
  if (filled.length > MOST) return { ok: false, problems: [`lebih dari ${MOST} baris. Bagi menjadi beberapa berkas.`] }
  const problems: string[] = []
  const bookings: Booking[] = []
  const seen = new Map<string, number>()
  for (const { line, no } of filled) {
    const cells = line.split(',').map((cell) => cell.trim())
    const [typed = '', serviceId = '', date = '', time = ''] = cells
    const code = AppointmentCode.safeParse(typed.toUpperCase())
    const first = seen.get(typed.toUpperCase())
    if (cells.length !== 4) problems.push(`baris ${no}: harus empat isian`)
    else if (!code.success)
      problems.push(`baris ${no}: kode "${typed}" harus 4 sampai 20 huruf, angka atau tanda hubung`)
    else if (first !== undefined) problems.push(`baris ${no}: kode "${typed}" sudah ada di baris ${first}`)
    else if (!services.has(serviceId)) problems.push(`baris ${no}: layanan "${serviceId}" tidak ada di konfigurasi`)
    else if (!isCalendarDate(date)) problems.push(`baris ${no}: tanggal "${date}" harus YYYY-MM-DD dan ada di kalender`)
    else if (!/^([01][0-9]|2[0-3]):[0-5][0-9]$/.test(time)) problems.push(`baris ${no}: jam "${time}" harus HH:MM`)
    else bookings.push({ code: code.data, serviceId, businessDate: date, at: instantOf(date, time, timeZone) })
    seen.set(typed.toUpperCase(), no)
  }
  if (problems.length === 0) return { ok: true, bookings }
  const more = problems.length > TOLD ? [`dan ${problems.length - TOLD} baris lain`] : []
  return { ok: false, problems: [...problems.slice(0, TOLD), ...more] }
}

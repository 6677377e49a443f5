/** Dates and clock times of the mall. The zone belongs to the mall, never to the PC. */

/** Hours ahead of UTC. None of them has summer time, and the last change was in 1964: arithmetic is enough, and asking Intl took long. */
const ZONE_HOURS: Readonly<Record<string, number>> = { 'Asia/Jakarta': 7, 'Asia/Makassar': 8, 'Asia/Jayapura': 9 }
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** The day that was asked for last, counted from 1970 in its zone: every request asks for today, several times. */
let known = { day: 0, date: '1970-01-01' }

/** The mall's calendar date at an instant (epoch ms) as YYYY-MM-DD. Throws RangeError for a zone that no mall has. */
export function businessDate(at: number, timeZone: string): string {
  const day = Math.floor((at + aheadOfUtc(timeZone)) / DAY_MS)
  if (day !== known.day) known = { day, date: new Date(day * DAY_MS).toISOString().slice(0, 10) }
  return known.date
}

/** The mall's day at an instant: its weekday (0 is Sunday) and the instant at which it began. Throws RangeError like businessDate. */
export function dayOf(at: number, timeZone: string): { weekday: number; begin: number } {
  const local = at + aheadOfUtc(timeZone)
  return { weekday: new Date(local).getUTCDay(), begin: at - (local % DAY_MS) }
}

/** The instant of a clock time (HH:MM) on a date of the mall. Throws RangeError like businessDate. */
export function instantOf(date: string, time: string, timeZone: string): number {
  return Date.parse(`${date}T${time}:00Z`) - aheadOfUtc(timeZone)
}

function aheadOfUtc(timeZone: string): number {
  const hours = ZONE_HOURS[timeZone]
  if (hours === undefined) throw new RangeError(`unknown time zone ${timeZone}`)
  return hours * HOUR_MS
}

const ZONE_NAMES: Readonly<Record<string, string>> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Jayapura': 'WIT',
}

/** The Indonesian name of a zone: WIB, WITA or WIT; other zones keep their own name. */
export function zoneName(timeZone: string): string {
  return ZONE_NAMES[timeZone] ?? timeZone
}

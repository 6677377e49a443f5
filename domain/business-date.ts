/** Dates and clock times of the mall. The zone belongs to the mall, never to the PC. */

type Zone = { format: Intl.DateTimeFormat; minute: number; date: string }

/** Each with the minute it was asked for last: within a minute the date is the same, and asking Intl takes long. */
const zones = new Map<string, Zone>()

/** The mall's calendar date at an instant (epoch ms) as YYYY-MM-DD. Throws RangeError for an unknown time zone. */
export function businessDate(at: number, timeZone: string): string {
  let zone = zones.get(timeZone)
  if (!zone) {
    // en-CA writes dates as YYYY-MM-DD.
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    zone = { format, minute: Number.NaN, date: '' }
    zones.set(timeZone, zone)
  }
  const minute = Math.floor(at / 60_000)
  if (minute !== zone.minute) {
    zone.date = zone.format.format(at)
    zone.minute = minute
  }
  return zone.date
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

/** Hours ahead of UTC; none of them has summer time. */
const ZONE_HOURS: Readonly<Record<string, number>> = { 'Asia/Jakarta': 7, 'Asia/Makassar': 8, 'Asia/Jayapura': 9 }

/** The instant of a clock time (HH:MM) on a date of the mall. Throws RangeError for a zone that no mall has. */
export function instantOf(date: string, time: string, timeZone: string): number {
  const hours = ZONE_HOURS[timeZone]
  if (hours === undefined) throw new RangeError(`unknown time zone ${timeZone}`)
  return Date.parse(`${date}T${time}:00Z`) - hours * 3_600_000
}

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

const MINUTE_MS = 60_000

/** The mall's day at an instant: its weekday (0 is Sunday) and the instant at which it began. Indonesia's zones never change their offset. */
export function dayOf(at: number, timeZone: string): { weekday: number; begin: number } {
  const noon = Date.parse(`${businessDate(at, timeZone)}T12:00:00Z`)
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const minutes = (parts.hour ?? 0) * 60 + (parts.minute ?? 0)
  return { weekday: new Date(noon).getUTCDay(), begin: at - (at % MINUTE_MS) - minutes * MINUTE_MS }
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

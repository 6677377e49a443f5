/** Dates and clock times of the mall. The zone belongs to the mall, never to the PC. */

const dateFormats = new Map<string, Intl.DateTimeFormat>()

/** The mall's calendar date at an instant (epoch ms) as YYYY-MM-DD. Throws RangeError for an unknown time zone. */
export function businessDate(at: number, timeZone: string): string {
  let format = dateFormats.get(timeZone)
  if (!format) {
    // en-CA writes dates as YYYY-MM-DD.
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
    dateFormats.set(timeZone, format)
  }
  return format.format(at)
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

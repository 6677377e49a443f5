/** Does this YYYY-MM-DD exist in the calendar? */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const DAY_FIRST = /^(\d{1,2})[-./\s]+(\d{1,2})[-./\s]+(\d{4})$/
const DIGITS_ONLY = /^(\d{2})(\d{2})(\d{4})$/

/**
 * A date as people here write it: day, month, year, with separators or without. One with the year first, pasted from elsewhere, is
 * taken as well: nobody writes year, day, month. Null when it is not complete or not in the calendar.
 */
export function readDayFirst(text: string): string | null {
  const typed = text.trim()
  const [, day, month, year] = DAY_FIRST.exec(typed) ?? DIGITS_ONLY.exec(typed) ?? []
  const date = day && month && year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : typed
  return isCalendarDate(date) ? date : null
}

/** 2026-11-05 as 05-11-2026. */
export function dayFirst(date: string): string {
  return date.split('-').toReversed().join('-')
}

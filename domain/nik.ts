/** The number of a person on an Indonesian identity card (NIK), as far as it can be told from other numbers. */

const LENGTH = 16
const SHOWN = 4

/** Days of the months of a leap year: the two digits of a year do not say its century. */
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Sixteen digits: province 11 to 94, regency, district, date of birth ddmmyy (for women the day and 40), and a serial number. Of
 * numbers that are none about one in twenty looks like one, so that a person has to decide.
 */
export function looksLikeNik(text: string): boolean {
  const digits = text.replace(/[\s./-]/g, '')
  if (digits.length !== LENGTH || !/^\d+$/.test(digits)) return false
  const province = Number(digits.slice(0, 2))
  const written = Number(digits.slice(6, 8))
  const day = written > 40 ? written - 40 : written
  const month = Number(digits.slice(8, 10))
  return province >= 11 && province <= 94 && day >= 1 && day <= (LONGEST_MONTHS[month - 1] ?? 0)
}

/** What people write between groups of digits. */
const BETWEEN = /^[\s./-]{1,3}$/

/**
 * Running text with only the last four digits of each NIK left, however it is grouped. A longer number, such as an official's
 * NIP, is none.
 */
export function maskNiks(text: string): string {
  const groups = [...text.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, from: index }))
  const hidden = new Set<number>()
  for (const [first, { from }] of groups.entries()) {
    const places = placesOfNik(text, groups.slice(first, first + LENGTH), from)
    for (const place of places.slice(0, -SHOWN)) hidden.add(place)
  }
  return text
    .split('')
    .map((unit, place) => (hidden.has(place) ? '*' : unit))
    .join('')
}

/** Where the sixteen digits stand when a NIK begins with the first of these groups; empty when none does. */
function placesOfNik(text: string, groups: readonly { digits: string; from: number }[], from: number): number[] {
  const places: number[] = []
  let end = from
  for (const group of groups) {
    if (group.from > from && !BETWEEN.test(text.slice(end, group.from))) return []
    end = group.from + group.digits.length
    for (let place = group.from; place < end; place += 1) places.push(place)
    if (places.length >= LENGTH) break
  }
  return places.length === LENGTH && looksLikeNik(text.slice(from, end)) ? places : []
}

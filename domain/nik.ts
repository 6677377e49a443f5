/** The number of a person on an Indonesian identity card (NIK), as far as it can be told from other numbers. */

/** Days of the months of a leap year: the two digits of a year do not say its century. */
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Sixteen digits: province 11 to 94, regency, district, date of birth ddmmyy (for women the day and 40), and a serial number. Of
 * numbers that are none about one in twenty looks like one, so that a person has to decide.
 */
export function looksLikeNik(text: string): boolean {
  const digits = text.replace(/[\s./-]/g, '')
  if (!/^\d{16}$/.test(digits)) return false
  const province = Number(digits.slice(0, 2))
  const written = Number(digits.slice(6, 8))
  const day = written > 40 ? written - 40 : written
  const month = Number(digits.slice(8, 10))
  return province >= 11 && province <= 94 && day >= 1 && day <= (LONGEST_MONTHS[month - 1] ?? 0)
}

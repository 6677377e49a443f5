/** CSV after RFC 4180 for spreadsheets: UTF-8 with BOM, CRLF, quotes where needed, no cell that runs as a formula. */

const BOM = '\uFEFF'

export function toCsv(rows: readonly (readonly string[])[]): string {
  return BOM + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

/** A cell that no spreadsheet takes for a number, a date or an exponent; nothing stays nothing. */
export function asText(text: string): string {
  return text === '' ? '' : `'${text}`
}

function cell(text: string): string {
  const safe = RUNS_AS_FORMULA.test(text) ? `'${text}` : text
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A spreadsheet would compute these; the apostrophe makes them text. */
const RUNS_AS_FORMULA = /^[=+\-@\t\r]/

const NEEDS_QUOTES = /[",\r\n]/

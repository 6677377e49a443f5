/** Notes (catatan): what an officer writes down about a visit, for the own agency alone. Their text is personal and is purged. */
import type { Entry } from '#domain/entry.ts'
import type { EntryStatus } from '#domain/entry-status.ts'
import { maskNiks } from '#domain/nik.ts'

/** In UTF-16 code units, as screens and databases count. */
export const NOTE_LIMIT = 2_000

/** How long the text of a note is kept in a mall that says nothing else. */
export const NOTE_DAYS = 30

/** Characters that nobody types and that not every database takes; tabs and line ends stay. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** As it is kept: NIKs are masked, always; no blank ends, one kind of line end, nothing that cannot be stored. */
export function keptNote(typed: string): string {
  return maskNiks(typed.toWellFormed().replace(/\r\n?/g, '\n').replace(CONTROL, '').trim())
}

const AT_DESK_OR_ASIDE: ReadonlySet<EntryStatus> = new Set(['called', 'serving', 'on_hold'])
const ENDED_HERE: ReadonlySet<EntryStatus> = new Set(['completed', 'forwarded', 'no_show', 'cancelled'])

/** While it is at this desk or set aside there; after its end until the day is over. */
export function mayBeNoted({ status, businessDate }: Pick<Entry, 'status' | 'businessDate'>, today: string): boolean {
  return AT_DESK_OR_ASIDE.has(status) || (ENDED_HERE.has(status) && businessDate === today)
}

/** Texts of notes written before this moment are over. */
export function notesKeptSince(now: number, days: number): number {
  return now - days * 86_400_000
}

/**
 * What a step of a journey hands to the next one: a number, and for what is valid for some days only the day it was issued.
 * Both are one text, `2026-11-16 B/123`, so that one hash stands for both. Older programs, and steps without a period, write
 * the number alone.
 */
import { isCalendarDate } from '#domain/calendar-date.ts'

export type HandedOver = {
  value: string
  /** YYYY-MM-DD; null when it was not said. */
  issuedOn: string | null
}

export type Validity = {
  issuedOn: string
  /** The last day on which it is good. */
  until: string
  isOver: boolean
}

const DATED = /^(\d{4}-\d{2}-\d{2}) (.+)$/s

export function handedOverText({ value, issuedOn }: HandedOver): string {
  return issuedOn === null ? value : `${issuedOn} ${value}`
}

export function readHandedOver(text: string): HandedOver {
  const [, issuedOn, value] = DATED.exec(text) ?? []
  return issuedOn && value && isCalendarDate(issuedOn) ? { value, issuedOn } : { value: text, issuedOn: null }
}

/** `today` is the mall's date. Throws RangeError for a date that is none. */
export function validity(issuedOn: string, validDays: number, today: string): Validity {
  const until = new Date(Date.parse(`${issuedOn}T00:00:00Z`) + validDays * DAY_MS).toISOString().slice(0, 10)
  return { issuedOn, until, isOver: today > until }
}

const DAY_MS = 86_400_000

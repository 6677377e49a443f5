/** From labels and names to characters that a display has. */
import type { LedState, TicketLabel } from '#main/host/device-documents.ts'
import { toAscii } from '#main/host/devices/ascii.ts'

/** The label as printed ("A-012"); null when a character of it cannot be shown, because then it is another label. */
export function labelText({ text }: TicketLabel): string | null {
  return isPlain(text) ? text : null
}

/** The label without its dash ("A012"), for displays with few characters. */
export function shortLabel({ prefix, digits }: TicketLabel): string | null {
  return isPlain(prefix + digits) ? prefix + digits : null
}

/** Digits only, for displays without letters; null when there are other characters among them. */
export function onlyDigits({ digits }: TicketLabel): string | null {
  return /^[0-9]+$/.test(digits) ? digits : null
}

type StateTexts = { idleText: string; pausedText: string; closedText: string }

/** What the set-up says instead of a number. */
export function stateText(kind: Exclude<LedState['kind'], 'number'>, texts: StateTexts): string {
  return { idle: texts.idleText, paused: texts.pausedText, closed: texts.closedText }[kind]
}

/** Words may be cut and respelled: nobody is called by them. */
export function words(text: string, characters: number): string {
  return toAscii(text).slice(0, characters)
}

export function asciiBytes(text: string): number[] {
  return [...Buffer.from(text, 'latin1')]
}

function isPlain(text: string): boolean {
  return text !== '' && /^[\x20-\x7e]*$/.test(text)
}

/** Ticket numbers as people read them: prefix, hyphen, running number with leading zeros. */
export type TicketLabel = { text: string; prefix: string; digits: string }

/** "A", 12, 3 -> "A-012". A number longer than the padding keeps all its digits. */
export function ticketLabel(prefix: string, running: number, padding: number): TicketLabel {
  const digits = String(running).padStart(padding, '0')
  return { text: `${prefix}-${digits}`, prefix, digits }
}

/**
 * A desk's own series while it has no leased number: slot 3, running 12 -> "L03-12". Never clashes with a service's prefix. A
 * desk whose store was put back does not know what it printed since, so each later generation counts from the next
 * thousand: generation 2 -> "L03-1012".
 */
export function deskSeriesLabel(slot: number, generation: number, running: number): TicketLabel {
  return ticketLabel(`L${String(slot).padStart(2, '0')}`, (generation - 1) * 1_000 + running, 2)
}

/** Splits a label's text back into its parts; null when it is not a label. */
export function parseTicketLabel(text: string): TicketLabel | null {
  const match = /^([0-9]?[A-Z]{1,3}|L[0-9]{2,})-([0-9]{2,})$/.exec(text)
  return match?.[1] && match[2] ? { text, prefix: match[1], digits: match[2] } : null
}

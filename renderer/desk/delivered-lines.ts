/** What an officer types about delivered services, and what it means. */
import { type Delivered, MOST_DELIVERED } from '#domain/delivered.ts'

/** `typed` is how often; empty or 0 when it was not delivered. */
export type DeliveredLine = { serviceId: string; typed: string }
/** Nothing was said, or a number is none. */
export type DeliveredFault = 'missing' | 'number'

export function emptyLine(serviceId: string): DeliveredLine {
  return { serviceId, typed: '' }
}

export function readLines(lines: readonly DeliveredLine[]): { delivered: Delivered[] } | { fault: DeliveredFault } {
  const delivered: Delivered[] = []
  for (const { serviceId, typed } of lines) {
    const text = typed.trim()
    if (!/^\d{0,3}$/.test(text) || Number(text) > MOST_DELIVERED) return { fault: 'number' }
    if (Number(text) > 0) delivered.push({ serviceId, quantity: Number(text) })
  }
  return delivered.length > 0 ? { delivered } : { fault: 'missing' }
}

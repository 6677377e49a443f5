/** What a visit brought its visitor: services by number. A visit counts once, however many services it was. */
import { canonicalJson } from '#domain/canonical-json.ts'
import type { Outcome } from '#domain/events.ts'

/** One service of the agency, and how often: three copies of one family card are one visit and three services. */
export type Delivered = { serviceId: string; quantity: number }

export const MOST_DELIVERED = 99

/** What an ended entry delivered. Without a word about it: its own service, once. */
export function deliveredBy(entry: {
  outcome: Outcome | null
  serviceId: string
  delivered: readonly Delivered[] | null
}): readonly Delivered[] {
  if (entry.outcome !== 'delivered') return []
  return entry.delivered ?? [{ serviceId: entry.serviceId, quantity: 1 }]
}

/** How many services that is. */
export function deliveredTotal(delivered: readonly Delivered[]): number {
  return delivered.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** As rows keep it: the same list gives the same text. */
export function deliveredText(delivered: readonly Delivered[] | null): string | null {
  return delivered && canonicalJson(delivered)
}

export function readDelivered(text: string | null): readonly Delivered[] | null {
  return text === null ? null : (JSON.parse(text) as Delivered[])
}

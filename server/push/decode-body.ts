import { EventBodySchema } from '#contract/events.ts'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'
import type { EventBody } from '#domain/events.ts'

/**
 * The body of an event, or null when it is not one that this server understands. Text that is not in canonical form is
 * refused too: with a repeated key two readers could believe two different things under one hash.
 */
export function decodeBody(text: string): EventBody | null {
  let value: CanonicalValue
  try {
    value = JSON.parse(text)
    if (canonicalJson(value) !== text) return null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
  const parsed = EventBodySchema.safeParse(value)
  return parsed.success ? parsed.data : null
}

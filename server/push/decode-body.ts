import { EventBodySchema } from '#contract/events.ts'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'
import type { EventBody } from '#domain/events.ts'

/**
 * The body of an event, or null when it is not one that this server understands. Text that is not in canonical form is
 * refused too: with a repeated key two readers could believe two different things under one hash.
 */
export function decodeBody(text: string): EventBody | null {
  // The shape first: it bounds the depth, so that the canonical form can be written whatever was sent.
  const parsed = EventBodySchema.safeParse(parseJson(text))
  if (!parsed.success) return null
  return canonicalText(parsed.data) === text ? parsed.data : null
}

/** Null for what an event must not hold, such as -0, which counts as an integer for the shape. */
function canonicalText(event: EventBody): string | null {
  try {
    return canonicalJson(event as unknown as CanonicalValue)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

import { z } from 'zod'
import { EventBodySchema } from '#contract/event-body.ts'
import type { EventBody } from '#domain/events.ts'
import { parseJson } from '#server/parse-json.ts'
import { isCanonicalText } from '#server/push/canonical-text.ts'
import { isKnownType } from '#server/push/fact-types.ts'

/** What an envelope says, whatever its fact is. */
export type Envelope = Pick<EventBody, 'device' | 'generation' | 'seq'> & { type: string }

export type DecodedBody =
  | { kind: 'event'; event: EventBody }
  /** A fact of a later version of this protocol: kept until a server that knows it starts. */
  | { kind: 'unknown_type'; envelope: Envelope }
  | { kind: 'undecodable' }

/** The envelope of today with a fact that this server has not heard of. */
const UnknownFact = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  generation: z.int().min(1),
  seq: z.int().min(1),
  at: z.int().min(0),
  offset: z.int().nullable(),
  counterId: z.string().nullable(),
  epoch: z.int().min(1).nullable(),
  officerId: z.string().nullable(),
  type: z
    .string()
    .regex(/^[a-z_]{1,30}\.[a-z_]{1,30}$/)
    .refine((type) => !isKnownType(type)),
  data: z.record(z.string(), z.unknown()),
})

/**
 * What the body of an event says. Text that is not in canonical form is refused: with a repeated key two readers could believe
 * two different things under one hash.
 */
export function decodeBody(text: string): DecodedBody {
  const value = parseJson(text)
  const known = EventBodySchema.safeParse(value)
  if (known.success) {
    return isCanonicalText(text, value, known.data) ? { kind: 'event', event: known.data } : { kind: 'undecodable' }
  }
  const unknown = UnknownFact.safeParse(value)
  if (unknown.success && isCanonicalText(text, value, unknown.data)) {
    return { kind: 'unknown_type', envelope: unknown.data }
  }
  return { kind: 'undecodable' }
}

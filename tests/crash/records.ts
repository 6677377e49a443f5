/** What the journal holds: one line for each thing that a person or a machine was told. */
import { z } from 'zod'

/** `at`: when it was told, by the clock that all processes share. */
const Told = { desk: z.string(), at: z.number() }
const Ref = { visitId: z.string(), entryNo: z.number() }

/** A command was answered with ok. */
const Answer = z.object({
  kind: z.literal('answer'),
  ...Told,
  method: z.string(),
  commandId: z.string(),
  /** The entry or visit that the command named or that its answer told of; null for acts of the counter. */
  ref: z.object(Ref).nullable(),
  data: z.unknown(),
})
/** A desk's picture showed this number as called. */
const Shown = z.object({ kind: z.literal('shown'), ...Told, ...Ref, label: z.string() })
/** The server's acknowledgement of a push, as it passed on the wire. */
const Acknowledged = z.object({
  kind: z.literal('acknowledged'),
  ...Told,
  seq: z.number(),
  hash: z.string(),
})

export const JournalRecord = z.discriminatedUnion('kind', [Answer, Shown, Acknowledged])
export type JournalRecord = z.infer<typeof JournalRecord>
export type AnswerRecord = z.infer<typeof Answer>

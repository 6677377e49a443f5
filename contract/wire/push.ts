/** A device's events on their way to the server, and what it found in them. */
import { z } from 'zod'
import { Hash, Millis, WireEvent } from '#contract/events.ts'
import { SignedHead } from '#contract/wire/hello.ts'

export const PUSH_LIMIT = 500

/** POST /v1/events */
export const PushRequest = z.strictObject({
  generation: z.int().min(1),
  fromSeq: z.int().min(1),
  prevHash: Hash,
  events: z.array(WireEvent).min(1).max(PUSH_LIMIT),
})
export type PushRequest = z.infer<typeof PushRequest>
export const FindingCode = z.enum([
  'VOID_GRANT',
  'STATUS_CONFLICT',
  'UNKNOWN_VISIT',
  'UNKNOWN_SERVICE',
  'LABEL_TAKEN',
  'UNDECODABLE',
  'NOT_YOURS',
  /** Another counter's act on the same entry counts instead. */
  'SUPERSEDED',
  /** Written under a session that a supervisor had ended by then. */
  'RECLAIMED',
  /** Finished on a later date than its own. */
  'AFTER_MIDNIGHT',
  /** The next entry was already on its way to somebody. */
  'UNDO_TOO_LATE',
  /** A front desk took back a number that somebody had called. */
  'ALREADY_CALLED',
  /** Beyond the service's daily quota when it came to the server. */
  'OVER_QUOTA',
  /** Two front desks gave a number for the same booking. */
  'APPOINTMENT_USED',
  /** A type that this server does not know yet: kept, and taken in after an upgrade. */
  'UNKNOWN_TYPE',
])
export type FindingCode = z.infer<typeof FindingCode>
export const Finding = z.strictObject({ seq: z.int().min(1), code: FindingCode })
export type Finding = z.infer<typeof Finding>
export const PushReply = z.strictObject({
  ackedSeq: z.int().min(0),
  headHash: Hash,
  serverTime: Millis,
  findings: z.array(Finding),
  signature: SignedHead.shape.signature,
})
export type PushReply = z.infer<typeof PushReply>

/** A device's events on their way to the server, and what it found in them. */
import { z } from 'zod'
import { Hash, Millis, WireEvent } from '#contract/events.ts'
import { PUSH_LIMIT } from '#contract/wire/agreed.ts'
import { Finding } from '#contract/wire/finding.ts'
import { SignedHead } from '#contract/wire/hello.ts'

/** POST /v1/events */
export const PushRequest = z.strictObject({
  generation: z.int().min(1),
  fromSeq: z.int().min(1),
  prevHash: Hash,
  events: z.array(WireEvent).min(1).max(PUSH_LIMIT),
})
export type PushRequest = z.infer<typeof PushRequest>
export const PushReply = z.strictObject({
  ackedSeq: z.int().min(0),
  headHash: Hash,
  serverTime: Millis,
  findings: z.array(Finding),
  signature: SignedHead.shape.signature,
})
export type PushReply = z.infer<typeof PushReply>

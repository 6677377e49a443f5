/** The first message of every connection. */
import { z } from 'zod'
import { Hash, Millis } from '#contract/events.ts'

/** What the server confirmed to have, signed (see signedHeadText): a log cut off behind it is found out. */
export const SignedHead = z.strictObject({
  generation: z.int().min(1),
  seq: z.int().min(0),
  hash: Hash,
  signature: z.string().length(86),
})
export type SignedHead = z.infer<typeof SignedHead>

/**
 * POST /v1/hello: the first message of every connection. The nonce is the one of the last hello's reply; the server gives a
 * new one each time, so an old copy of a store knows a nonce that is no longer good. Null at the first hello after enrolment,
 * and when the workstation itself doubts (its sidecar is missing or belongs to another machine or state).
 */
export const HelloRequest = z.strictObject({
  protocol: z.int().min(1),
  generation: z.int().min(1),
  nonce: z.string().min(1).max(64).nullable(),
  /** The incarnation of the server that this device last knew; 0 before the first hello. */
  incarnation: z.int().min(0),
  headSeq: z.int().min(0),
  /** The newest head that the server signed for this device. A server that does not have it was restored from a backup. */
  signedHead: SignedHead.nullable(),
  /**
   * The server's time by this device's reckoning, when it has heard it since it was switched on. A hello that was given up and
   * arrives after a later one is known by it: it is refused with HELLO_NEEDED and says nothing about the device.
   */
  askedAt: Millis.nullable(),
})
export type HelloRequest = z.infer<typeof HelloRequest>
export const HelloReply = z.strictObject({
  incarnation: z.int().min(1),
  /** Higher than the device's own: a supervisor settled a doubt. The device begins a new chain and its hand is void. */
  generation: z.int().min(1),
  nonce: z.string().min(1).max(64),
  /** Of that generation. May be lower than the device remembers: then it pushes again from there. */
  ackedSeq: z.int().min(0),
  headHash: Hash,
  /** The server lost its memory since this device last spoke to it: assert before anything else. */
  assertNeeded: z.boolean(),
  /** The counter's session now; null when it was never opened. `mine` false: another device's, or reclaimed. */
  session: z.strictObject({ epoch: z.int().min(1), mine: z.boolean(), open: z.boolean() }).nullable(),
  serverTime: Millis,
})
export type HelloReply = z.infer<typeof HelloReply>

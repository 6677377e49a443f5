/** A counter's session and what comes into its hand or leaves it. */
import { z } from 'zod'
import {
  BusinessDate,
  ConfigId,
  ENTRY_AS_GRANTED,
  EntryNo,
  GrantNo,
  Label,
  Millis,
  ReturnsTo,
  Uuid,
} from '#contract/events.ts'
import { PriorityGroup } from '#contract/mall-config.ts'

/** POST /v1/counters/open: the epoch for a session. The same device gets its own again, another device the next one. The
 * counter is open, and dealt to, once its `counter.opened` fact has arrived. */
export const OpenCounterReply = z.strictObject({ counterId: ConfigId, epoch: z.int().min(1) })

/** POST /v1/heartbeats, every 5 s: this counter is healthy, its hand may be recalled. */
export const HeartbeatRequest = z.strictObject({ incarnation: z.int().min(1), epoch: z.int().min(1).nullable() })
export const HeartbeatReply = z.strictObject({ serverTime: Millis })

/** An entry in a counter's hand. */
export const Grant = z.strictObject({
  ...ENTRY_AS_GRANTED,
  /** Server sequence of arrival; ranks within a class. */
  order: z.int().min(1),
})
export type Grant = z.infer<typeof Grant>

/**
 * POST /v1/hands/improve: the best entry that this counter may have now, if it beats the hand: one that nobody holds, or one
 * that another healthy counter gives back within `budgetMs`. Granted rows also come by the stream.
 */
export const ImproveRequest = z.strictObject({ epoch: z.int().min(1) })
export const ImproveReply = z.strictObject({ grants: z.array(Grant) })

/**
 * POST /v1/hands/wanted: an officer calls this very number, in turn or not. Granted at once when nobody holds it, else as soon as
 * another healthy counter gives it back, within the same budget as an improve.
 */
export const WantedRequest = z.strictObject({ epoch: z.int().min(1), visitId: Uuid, entryNo: EntryNo })
export type WantedRequest = z.infer<typeof WantedRequest>
export const WantedReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('granted'), grant: Grant }),
  /** It stays with its holder, which did not answer in time or cannot be asked. */
  z.strictObject({ kind: z.literal('holder_silent'), counterId: ConfigId.nullable() }),
  /** Called or served elsewhere. */
  z.strictObject({ kind: z.literal('in_service'), counterId: ConfigId.nullable() }),
  /** It waits no more, or its visit has gone on. */
  z.strictObject({ kind: z.literal('gone') }),
  /** Another service's, or transferred to that counter. */
  z.strictObject({ kind: z.literal('not_here'), counterId: ConfigId.nullable() }),
])
export type WantedReply = z.infer<typeof WantedReply>

/** POST /v1/claims: a visitor stands at this desk with a slip; may it be served here? */
export const ClaimRequest = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  label: Label,
  serviceId: ConfigId,
  businessDate: BusinessDate,
  issuedAt: Millis,
  priority: PriorityGroup.nullable(),
  /** The newest custody of it that this desk knows of and has no more. A newer one that the server gave is still on its way. */
  letGo: GrantNo.optional(),
})
export type ClaimRequest = z.infer<typeof ClaimRequest>
export const ClaimReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('granted'), grant: Grant }),
  /** Its holder did not answer: the desk may go ahead by itself. Journey and way back are what no slip names. */
  z.strictObject({
    kind: z.literal('holder_silent'),
    counterId: ConfigId.nullable(),
    journeyId: ConfigId.optional(),
    returnsTo: ReturnsTo.optional(),
  }),
  /** Called or served elsewhere, now or before. */
  z.strictObject({ kind: z.literal('in_service'), counterId: ConfigId.nullable() }),
  z.strictObject({ kind: z.literal('finished') }),
])
export type ClaimReply = z.infer<typeof ClaimReply>

/** POST /v1/recalls/answers: what became of an entry that was asked back. Travels alone, never behind a backlog. */
export const RecallAnswer = z.enum(['released', 'in_service', 'gone', 'never_seen'])
export const RecallAnswerRequest = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  grant: GrantNo,
  answer: RecallAnswer,
})
export type RecallAnswerRequest = z.infer<typeof RecallAnswerRequest>
export const RecallAnswerReply = z.strictObject({})

/**
 * GET /v1/takers: for each service of this counter the other counters that are open and take it now. Before a desk leaves a service
 * it says who is left for it.
 */
export const TakersReply = z.strictObject({
  services: z.array(z.strictObject({ serviceId: ConfigId, counterIds: z.array(ConfigId) })),
})
export type TakersReply = z.infer<typeof TakersReply>

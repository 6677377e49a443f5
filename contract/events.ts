/** Wire shape of facts: every event that crosses a border is checked against this before anything believes it. */
import { z } from 'zod'
import { PriorityGroup } from '#contract/mall-config.ts'
import { MOST_DELIVERED } from '#domain/delivered.ts'
import type { EventBody, Fact } from '#domain/events.ts'

export const Uuid = z.uuid()
export const Hash = z.string().regex(/^[0-9a-f]{64}$/)
export const ConfigId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
export const Millis = z.int().min(0)
export const BusinessDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
export const Label = z.string().regex(/^([0-9]?[A-Z]{1,3}|L[0-9]{2,})-[0-9]{2,}$/)
export const EntryNo = z.int().min(1).max(99)
/** Incarnation 0 is custody that a desk took by itself. */
export const GrantNo = z.strictObject({ incarnation: z.int().min(0), n: z.int().min(1) })
export const Outcome = z.enum(['delivered', 'rejected', 'incomplete'])
export const HoldReason = z.enum(['fetch_documents', 'payment', 'awaiting_result', 'other'])
export const CancelReason = z.enum(['visitor_left', 'wrong_service', 'duplicate', 'other'])
export const VisitCancelReason = z.enum(['slip_failed', 'visitor_left', 'wrong_service', 'duplicate', 'other'])
/** Upper case, so that one payment is written in one way only. */
export const PaymentReference = z.string().regex(/^[A-Z0-9./-]{6,30}$/)
/** Each service once. */
export const DeliveredList = z
  .array(z.strictObject({ serviceId: ConfigId, quantity: z.int().min(1).max(MOST_DELIVERED) }))
  .min(1)
  .max(30)
  .refine((list) => new Set(list.map(({ serviceId }) => serviceId)).size === list.length)
export const NoteNo = z.int().min(1).max(9_999)
/** A booking as its own system names it. It names no person. */
export const AppointmentCode = z.string().regex(/^[A-Z0-9-]{4,20}$/)
export const OutOfOrderReason = z.enum(['visitor_asked', 'companion', 'urgent', 'other'])
export const TransferPlace = z.enum(['front', 'arrival'])
export const PauseReason = z.enum(['break', 'prayer', 'meeting', 'technical', 'other'])

/** Services of a counter: no more than a counter may have. */
export const ServiceIds = z.array(ConfigId).min(1).max(30)

const ref = { visitId: Uuid, entryNo: EntryNo }
const duration = z.strictObject({ ms: Millis, estimated: z.boolean() })
const session = z.strictObject({ counterId: ConfigId, epoch: z.int().min(1) })
const officer = z.strictObject({ officerId: ConfigId })

export const RankReason = z.enum(['appointment', 'arrival', 'front', 'returned'])
export const TurnRule = z.enum(['priority_turn', 'regular_turn', 'aged'])
/** See domain/events.ts: absent when an entry simply ranks by its waiting time. */
export const Rank = z.strictObject({ since: Millis, by: RankReason })
export const ReturnsTo = z.strictObject({ serviceId: ConfigId, counterId: ConfigId, journeyId: ConfigId.nullable() })

/** All that a counter's own log needs to know of an entry; it comes with the grant and goes into the call. */
export const ENTRY_AS_GRANTED = {
  ...ref,
  grant: GrantNo,
  label: Label,
  businessDate: BusinessDate,
  serviceId: ConfigId,
  priority: PriorityGroup.nullable(),
  journeyId: ConfigId.nullable(),
  issuedAt: Millis,
  waitingSince: Millis,
  appointmentAt: Millis.optional(),
  rank: Rank.optional(),
  returnsTo: ReturnsTo.optional(),
} as const

const visitIssued = z.strictObject({
  visitId: Uuid,
  label: Label,
  businessDate: BusinessDate,
  serviceId: ConfigId,
  priority: PriorityGroup.nullable(),
  journeyId: ConfigId.nullable(),
  requirementsMet: z.boolean().optional(),
  appointmentAt: Millis.optional(),
  appointmentCode: AppointmentCode.optional(),
})
const custody = z.strictObject({ ...ref, grant: GrantNo })

const FACT_DATA = {
  'visit.issued': visitIssued,
  'visit.issued_here': visitIssued,
  'visit.cancelled': z.strictObject({ visitId: Uuid, reason: VisitCancelReason }),
  'entry.called': z.strictObject({
    ...ENTRY_AS_GRANTED,
    outOfOrder: OutOfOrderReason.optional(),
    turn: TurnRule.optional(),
  }),
  'entry.presented': z.strictObject({
    ...ENTRY_AS_GRANTED,
    reason: z.enum(['in_hand', 'claimed', 'holder_silent', 'server_silent']),
  }),
  'entry.called_back': z.strictObject(ref),
  'entry.call_undone': z.strictObject(ref),
  /** Absent `to`: keeps its place. */
  'entry.returned': z.strictObject({ ...ref, to: z.literal('end').optional() }),
  'entry.held': z.strictObject({ ...ref, reason: HoldReason }),
  'entry.resumed': z.strictObject(ref),
  'entry.cancelled': z.strictObject({ ...ref, reason: CancelReason }),
  'entry.called_again': z.strictObject({ ...ref, times: z.int().min(2) }),
  'entry.serving': z.strictObject(ref),
  'entry.completed': z.strictObject({
    ...ref,
    outcome: Outcome,
    served: duration,
    paymentReference: PaymentReference.optional(),
    delivered: DeliveredList.optional(),
    returnsTo: ReturnsTo.optional(),
  }),
  'entry.noted': z.strictObject({ ...ref, noteNo: NoteNo, valueHash: Hash }),
  'entry.forwarded': z.strictObject({
    ...ref,
    toServiceId: ConfigId,
    toEntryNo: EntryNo,
    journeyId: ConfigId.nullable(),
    served: duration.nullable(),
    handsOver: z.strictObject({ key: ConfigId, valueHash: Hash }).nullable(),
    returnsTo: ReturnsTo.optional(),
  }),
  'entry.transferred': z.strictObject({
    ...ref,
    toServiceId: ConfigId,
    toCounterId: ConfigId.nullable(),
    toEntryNo: EntryNo,
    served: duration.nullable(),
    place: TransferPlace.optional(),
    returnsTo: ReturnsTo.optional(),
    journeyId: ConfigId.optional(),
  }),
  'entry.give_away_undone': z.strictObject({ ...ref, toEntryNo: EntryNo }),
  'entry.no_show': z.strictObject({ ...ref, calls: z.int().min(1) }),
  'entry.released': custody,
  'entry.release_undone': custody,
  'entry.expired': custody,
  'entry.superseded': z.strictObject({ ...ref, byCounterId: ConfigId.nullable() }),
  'counter.opened': session,
  'counter.closed': session,
  'counter.paused': z.strictObject({
    ...session.shape,
    reason: PauseReason,
    backAt: Millis.optional(),
    scheduled: z.literal(true).optional(),
  }),
  'counter.resumed': session,
  'counter.profile_changed': z.strictObject({ ...session.shape, configVersion: z.int().min(1) }),
  'counter.services_chosen': z.strictObject({ ...session.shape, serviceIds: ServiceIds }),
  'officer.signed_in': officer,
  'officer.signed_out': officer,
} as const satisfies Record<Fact['type'], z.ZodType>

const envelope = {
  v: z.literal(1),
  device: Uuid,
  generation: z.int().min(1),
  seq: z.int().min(1),
  at: Millis,
  offset: z.int().nullable(),
  counterId: ConfigId.nullable(),
  epoch: z.int().min(1).nullable(),
  officerId: ConfigId.nullable(),
}

const bodies = Object.entries(FACT_DATA).map(([type, data]) =>
  z.strictObject({ ...envelope, type: z.literal(type), data }),
)

/** The decoded body of an event. */
export const EventBodySchema = z.discriminatedUnion(
  'type',
  bodies as [(typeof bodies)[number], ...(typeof bodies)[number][]],
) as unknown as z.ZodType<EventBody>

/** An event as it travels: the exact text that was hashed, and its place in the chain. */
export const WireEvent = z.strictObject({ seq: z.int().min(1), hash: Hash, body: z.string().max(16_384) })
export type WireEvent = z.infer<typeof WireEvent>

/** What facts are made of, and what other shapes share with them. What each fact says is in event-body.ts. */
import { z } from 'zod'
import { PriorityGroup } from '#contract/mall-config.ts'
import { MOST_DELIVERED } from '#domain/delivered.ts'

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

export const RankReason = z.enum(['appointment', 'arrival', 'front', 'returned'])
export const TurnRule = z.enum(['priority_turn', 'regular_turn', 'aged'])
/** See domain/events.ts: absent when an entry simply ranks by its waiting time. */
export const Rank = z.strictObject({ since: Millis, by: RankReason })
export const ReturnsTo = z.strictObject({ serviceId: ConfigId, counterId: ConfigId, journeyId: ConfigId.nullable() })

/** All that a counter's own log needs to know of an entry; it comes with the grant and goes into the call. */
export const ENTRY_AS_GRANTED = {
  visitId: Uuid,
  entryNo: EntryNo,
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

/** An event as it travels: the exact text that was hashed, and its place in the chain. */
export const WireEvent = z.strictObject({ seq: z.int().min(1), hash: Hash, body: z.string().max(16_384) })
export type WireEvent = z.infer<typeof WireEvent>

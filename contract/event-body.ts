/** Wire shape of facts: every event that crosses a border is checked against this before anything believes it. */
import { z } from 'zod'
import {
  AppointmentCode,
  BusinessDate,
  CancelReason,
  ConfigId,
  DeliveredList,
  ENTRY_AS_GRANTED,
  EntryNo,
  GrantNo,
  Hash,
  HoldReason,
  Label,
  Millis,
  NoteNo,
  Outcome,
  OutOfOrderReason,
  PauseReason,
  PaymentReference,
  ReturnsTo,
  ServiceIds,
  TransferPlace,
  TurnRule,
  Uuid,
  VisitCancelReason,
} from '#contract/events.ts'
import { PriorityGroup } from '#contract/mall-config.ts'
import type { EventBody, Fact } from '#domain/events.ts'

const ref = { visitId: Uuid, entryNo: EntryNo }
const duration = z.strictObject({ ms: Millis, estimated: z.boolean() })
const session = z.strictObject({ counterId: ConfigId, epoch: z.int().min(1) })
const officer = z.strictObject({ officerId: ConfigId })

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

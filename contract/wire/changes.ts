/** The stream from the server to its devices. */
import { z } from 'zod'
import {
  AppointmentCode,
  BusinessDate,
  ConfigId,
  EntryNo,
  GrantNo,
  Label,
  Millis,
  Rank,
  Uuid,
} from '#contract/events.ts'
import { PriorityGroup } from '#contract/mall-config.ts'
import { Grant } from '#contract/wire/hands.ts'
import { ENTRY_STATUSES } from '#domain/entry-status.ts'

/** One line of the waiting list; `status` other than waiting takes it off the list. */
export const QueueRow = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  label: Label,
  businessDate: BusinessDate,
  serviceId: ConfigId,
  status: z.enum(ENTRY_STATUSES),
  priority: PriorityGroup.nullable(),
  waitingSince: Millis,
  order: z.int().min(1),
  /** Who holds it, when dealt. */
  counterId: ConfigId.nullable(),
  appointmentAt: Millis.optional(),
  rank: Rank.optional(),
})
export type QueueRow = z.infer<typeof QueueRow>

/**
 * GET /v1/changes: server-sent events, catch-up and live in one path. `id:` is the cursor (Last-Event-ID),
 * `data:` is one Change, of an event `packed` a page of such messages. A comment line every 5 s is the heartbeat.
 */
export const Change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('granted'), grant: Grant }),
  /** The dealer asks an entry back: answer by POST /v1/recalls/answers. */
  z.strictObject({ kind: z.literal('recalled'), visitId: Uuid, entryNo: EntryNo, grant: GrantNo }),
  /** Another counter's claim on an entry that this device has or had. `claim` is what is known of the other's. */
  z.strictObject({
    kind: z.literal('superseded'),
    visitId: Uuid,
    entryNo: EntryNo,
    claim: z.strictObject({ strength: z.literal([1, 2, 3]), grant: GrantNo, deviceId: Uuid }),
    counterId: ConfigId.nullable(),
  }),
  /** The counter works elsewhere now, or a supervisor ended this session: epochs up to `epoch` are over. */
  z.strictObject({ kind: z.literal('session_over'), counterId: ConfigId, epoch: z.int().min(1) }),
  z.strictObject({ kind: z.literal('queue'), row: QueueRow }),
  /**
   * Only for the PC that speaks for this counter's zone: when the entry was called last, by the mall's clock. Null: it is no
   * longer called there, whatever it is now.
   */
  z.strictObject({
    kind: z.literal('call'),
    visitId: Uuid,
    entryNo: EntryNo,
    label: Label,
    counterId: ConfigId,
    calledAt: Millis.nullable(),
  }),
  /** An earlier step of this visit handed something over; GET /v1/visits/:visitId/prerequisites has it. */
  z.strictObject({ kind: z.literal('handed_over'), visitId: Uuid }),
  /** There are notes about this visit that may be for this device; GET /v1/visits/:visitId/notes has them. */
  z.strictObject({ kind: z.literal('noted'), visitId: Uuid }),
  /** For front desks: bookings were taken in or removed; GET /v1/appointments has them. */
  z.strictObject({ kind: z.literal('appointments') }),
  /** For front desks: a number was given for a booking, or taken back. */
  z.strictObject({ kind: z.literal('appointment_used'), code: AppointmentCode, isUsed: z.boolean() }),
  z.strictObject({ kind: z.literal('config'), version: z.int().min(1) }),
  /** The caller has seen all that was stored when it connected. */
  z.strictObject({ kind: z.literal('caught_up'), serverTime: Millis }),
])
export type Change = z.infer<typeof Change>

/** Counter <-> mall server, version 1, over HTTP(S). Each message once; both sides validate with the same shapes. */
import { z } from 'zod'
import {
  BusinessDate,
  ConfigId,
  ENTRY_AS_GRANTED,
  EntryNo,
  Hash,
  Label,
  Millis,
  Uuid,
  WireEvent,
} from '#contract/events.ts'
import { DeviceConfig, PriorityGroup } from '#contract/mall-config.ts'

/** Errors that the server answers with: {code, message}. Codes are stable, messages are for IT. */
export const WireErrorCode = z.enum([
  'BAD_REQUEST',
  'UNAUTHORISED',
  'FORBIDDEN',
  'NOT_FOUND',
  'ENROLMENT_CODE_INVALID',
  'COUNTER_NOT_OPEN',
  'CHAIN_GAP',
  'CHAIN_FORK',
  'CHAIN_BROKEN',
  'NUMBERS_EXHAUSTED',
  'TOO_LARGE',
  'TOO_MANY_REQUESTS',
  'INTERNAL',
])
export type WireErrorCode = z.infer<typeof WireErrorCode>
export const WireError = z.object({ code: WireErrorCode, message: z.string() })

/** What a device is: a counter's workstation or a front desk. */
export const DeviceRole = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('counter'), counterId: ConfigId }),
  z.strictObject({ kind: z.literal('front_desk'), frontDeskId: ConfigId }),
])
export type DeviceRole = z.infer<typeof DeviceRole>

/** One-time code as it is sent: eight base32 characters, a hyphen in the middle is ignored (contract/enrolment-code.ts). */
export const EnrolmentCode = z
  .string()
  .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, ''))
  .pipe(z.string().regex(/^[A-Z2-7]{8}$/))

/** POST /v1/enrolments (the only route without a token). */
export const EnrolRequest = z.strictObject({ code: EnrolmentCode, deviceName: z.string().trim().min(1).max(80) })
export const EnrolReply = z.strictObject({
  deviceId: Uuid,
  /** Bearer token; the server keeps only its hash. */
  token: z.string().min(40),
  generation: z.int().min(1),
  /** Unique per enrolment: the device's own number series is L<slot>-NN. */
  slot: z.int().min(1),
  role: DeviceRole,
})
export type EnrolReply = z.infer<typeof EnrolReply>

/** GET /v1/config */
export const ConfigReply = z.strictObject({ config: DeviceConfig })

/** POST /v1/counters/open: the epoch for a session. The same device gets its own again, another device the next one. The
 * counter is open, and dealt to, once its `counter.opened` fact has arrived. */
export const OpenCounterReply = z.strictObject({ counterId: ConfigId, epoch: z.int().min(1) })

/** An entry in a counter's hand. */
export const Grant = z.strictObject({
  ...ENTRY_AS_GRANTED,
  /** Server sequence of arrival; ranks within a class. */
  order: z.int().min(1),
})
export type Grant = z.infer<typeof Grant>

/** POST /v1/hands/improve: the best entry nobody holds, if it beats the hand. Granted rows also come by the stream. */
export const ImproveRequest = z.strictObject({ epoch: z.int().min(1) })
export const ImproveReply = z.strictObject({ grants: z.array(Grant) })

/** POST /v1/number-leases: a block of running numbers for one service's series and date. */
export const LeaseRequest = z.strictObject({ requestId: Uuid, serviceId: ConfigId, businessDate: BusinessDate })
export const LeaseReply = z.strictObject({
  serviceId: ConfigId,
  businessDate: BusinessDate,
  from: z.int().min(1),
  to: z.int().min(1),
})
export type LeaseReply = z.infer<typeof LeaseReply>

export const PUSH_LIMIT = 500

/** POST /v1/events */
export const PushRequest = z.strictObject({
  generation: z.int().min(1),
  fromSeq: z.int().min(1),
  prevHash: Hash,
  events: z.array(WireEvent).min(1).max(PUSH_LIMIT),
})
export const FindingCode = z.enum([
  'VOID_GRANT',
  'STATUS_CONFLICT',
  'UNKNOWN_VISIT',
  'UNKNOWN_SERVICE',
  'LABEL_TAKEN',
  'UNDECODABLE',
  'NOT_YOURS',
])
export type FindingCode = z.infer<typeof FindingCode>
export const Finding = z.strictObject({ seq: z.int().min(1), code: FindingCode })
export type Finding = z.infer<typeof Finding>
export const PushReply = z.strictObject({
  ackedSeq: z.int().min(0),
  headHash: Hash,
  serverTime: Millis,
  findings: z.array(Finding),
})
export type PushReply = z.infer<typeof PushReply>

/** POST /v1/personal-texts: values whose hashes are in events; the server checks them against the hash. */
export const PersonalText = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  key: ConfigId,
  salt: z.string().length(22),
  value: z.string().min(1).max(200),
})
export type PersonalText = z.infer<typeof PersonalText>
export const PersonalTextsRequest = z.strictObject({ texts: z.array(PersonalText).min(1).max(100) })
export const PersonalTextsReply = z.strictObject({ stored: z.int().min(0) })

/** GET /v1/visits/:visitId/prerequisites: only for the device that holds the visit's open entry. */
export const PrerequisitesReply = z.strictObject({ texts: z.array(PersonalText) })
export type PrerequisitesReply = z.infer<typeof PrerequisitesReply>

/** One line of the waiting list; `status` other than waiting takes it off the list. */
export const QueueRow = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  label: Label,
  businessDate: BusinessDate,
  serviceId: ConfigId,
  status: z.enum(['waiting', 'called', 'serving', 'completed', 'forwarded', 'no_show']),
  priority: PriorityGroup.nullable(),
  waitingSince: Millis,
  order: z.int().min(1),
  /** Who holds it, when dealt. */
  counterId: ConfigId.nullable(),
})
export type QueueRow = z.infer<typeof QueueRow>

/**
 * GET /v1/changes: server-sent events, catch-up and live in one path. `id:` is the cursor (Last-Event-ID),
 * `data:` is one Change. A comment line every 5 s is the heartbeat.
 */
export const Change = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('granted'), grant: Grant }),
  z.strictObject({ kind: z.literal('queue'), row: QueueRow }),
  /** An earlier step of this visit handed something over; GET /v1/visits/:visitId/prerequisites has it. */
  z.strictObject({ kind: z.literal('handed_over'), visitId: Uuid }),
  z.strictObject({ kind: z.literal('config'), version: z.int().min(1) }),
  /** The caller has seen all that was stored when it connected. */
  z.strictObject({ kind: z.literal('caught_up'), serverTime: Millis }),
])
export type Change = z.infer<typeof Change>
export const HEARTBEAT_MS = 5_000

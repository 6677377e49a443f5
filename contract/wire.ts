/** Counter <-> mall server, version 1, over HTTP(S). Each message once; both sides validate with the same shapes. */
import { z } from 'zod'
import {
  AppointmentCode,
  BusinessDate,
  ConfigId,
  ENTRY_AS_GRANTED,
  EntryNo,
  GrantNo,
  Hash,
  Label,
  Millis,
  Rank,
  ServiceIds,
  Uuid,
  WireEvent,
} from '#contract/events.ts'
import { DeviceConfig, PriorityGroup } from '#contract/mall-config.ts'
import { NOTE_LIMIT } from '#domain/note.ts'

/** Errors that the server answers with: {code, message}. Codes are stable, messages are for IT. */
export const WireErrorCode = z.enum([
  'BAD_REQUEST',
  'UNAUTHORISED',
  'FORBIDDEN',
  'NOT_FOUND',
  'ENROLMENT_CODE_INVALID',
  'COUNTER_NOT_OPEN',
  /** Say hello first: another incarnation of the server, or a connection that was never introduced. */
  'HELLO_NEEDED',
  /** This identity lives twice, or its store was restored: a supervisor decides. */
  'DEVICE_IN_DOUBT',
  'PROTOCOL_UNSUPPORTED',
  'CHAIN_GAP',
  'CHAIN_FORK',
  'CHAIN_BROKEN',
  'NUMBERS_EXHAUSTED',
  /** All numbers of the service's daily quota are given out, to visitors or to front desks. */
  'QUOTA_REACHED',
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
  /** Verifies the signed heads: Ed25519, 32 raw bytes in base64url. */
  serverKey: z.string().length(43),
})
export type EnrolReply = z.infer<typeof EnrolReply>

export const PROTOCOL = 1

/** What the server confirmed to have, signed (see signedHeadText): a log cut off behind it is found out. */
export const SignedHead = z.strictObject({
  generation: z.int().min(1),
  seq: z.int().min(0),
  hash: Hash,
  signature: z.string().length(86),
})
export type SignedHead = z.infer<typeof SignedHead>

/** What the server's Ed25519 signature of a head is over, as UTF-8. The signature is base64url without padding. */
export function signedHeadText(deviceId: string, { generation, seq, hash }: Omit<SignedHead, 'signature'>): string {
  return `LOKET-HEAD1|${deviceId}|${generation}|${seq}|${hash}`
}

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

/** POST /v1/heartbeats, every 5 s: this counter is healthy, its hand may be recalled. */
export const HeartbeatRequest = z.strictObject({ incarnation: z.int().min(1), epoch: z.int().min(1).nullable() })
export const HeartbeatReply = z.strictObject({ serverTime: Millis })

/** POST /v1/assertions: everything this device knows of custody, after the server lost its memory. */
export const AssertedEntry = z.strictObject({
  ...ENTRY_AS_GRANTED,
  state: z.enum(['held', 'used', 'released', 'void']),
})
export const AssertRequest = z.strictObject({
  incarnation: z.int().min(1),
  /** Events up to here were written before this device knew of the incarnation. */
  headSeq: z.int().min(0),
  /** The counter's session as this device has it. */
  session: z
    .strictObject({
      epoch: z.int().min(1),
      open: z.boolean(),
      /** Which services it takes now. Absent: all of its counter. */
      serviceIds: ServiceIds.optional(),
      /** Absent: not paused. */
      paused: z.literal(true).optional(),
    })
    .nullable(),
  entries: z.array(AssertedEntry).max(5_000),
})
export type AssertRequest = z.infer<typeof AssertRequest>
export const AssertReply = z.strictObject({ accepted: z.boolean() })

/**
 * POST /v1/hands/improve: the best entry that this counter may have now, if it beats the hand: one that nobody holds, or one
 * that another healthy counter gives back within `budgetMs`. Granted rows also come by the stream.
 */
export const ImproveRequest = z.strictObject({ epoch: z.int().min(1) })

/**
 * GET /v1/takers: for each service of this counter the other counters that are open and take it now. Before a desk leaves a service
 * it says who is left for it.
 */
export const TakersReply = z.strictObject({
  services: z.array(z.strictObject({ serviceId: ConfigId, counterIds: z.array(ConfigId) })),
})
export type TakersReply = z.infer<typeof TakersReply>

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

/** POST /v1/claims: a visitor stands at this desk with a slip; may it be served here? */
export const ClaimRequest = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  label: Label,
  serviceId: ConfigId,
  businessDate: BusinessDate,
  issuedAt: Millis,
  priority: PriorityGroup.nullable(),
})
export type ClaimRequest = z.infer<typeof ClaimRequest>
export const ClaimReply = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('granted'), grant: Grant }),
  /** Its holder did not answer: the desk may go ahead by itself. */
  z.strictObject({ kind: z.literal('holder_silent'), counterId: ConfigId.nullable() }),
  /** Called or served elsewhere, now or before. */
  z.strictObject({ kind: z.literal('in_service'), counterId: ConfigId.nullable() }),
  z.strictObject({ kind: z.literal('finished') }),
])
export type ClaimReply = z.infer<typeof ClaimReply>

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

/**
 * GET /v1/slip-keys: the mall's keys for slips from yesterday to seven days ahead. `sealed` is AES-256-GCM (12 bytes IV, then
 * ciphertext, then 16 bytes tag, base64url) of the 32 key bytes under HKDF-SHA256(device token, salt = key id,
 * info = "loket slip key"): a copied database or a log shows no key.
 */
export const SlipKeysReply = z.strictObject({
  keys: z.array(z.strictObject({ keyId: z.string().min(1).max(40), businessDate: BusinessDate, sealed: z.string() })),
})
export type SlipKeysReply = z.infer<typeof SlipKeysReply>
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

/** GET /v1/outlook, by front desks every minute: what an estimate of the wait and the day's quotas need. */
export const OutlookReply = z.strictObject({
  businessDate: BusinessDate,
  /** The open ones. */
  counters: z.array(
    z.strictObject({
      counterId: ConfigId,
      serviceIds: z.array(ConfigId),
      paused: z.boolean(),
      /** Somebody is called or served there. */
      busy: z.boolean(),
    }),
  ),
  services: z.array(
    z.strictObject({
      serviceId: ConfigId,
      /** The middle of today's last services, ms; null when there were too few. */
      recentMs: Millis.nullable(),
      /** Numbers that may still be given today; null without a quota. */
      quotaLeft: z.int().min(0).nullable(),
    }),
  ),
})
export type OutlookReply = z.infer<typeof OutlookReply>

/** GET /v1/appointments, by front desks: bookings from yesterday to seven days ahead. */
export const AppointmentsReply = z.strictObject({
  appointments: z.array(
    z.strictObject({
      code: AppointmentCode,
      serviceId: ConfigId,
      businessDate: BusinessDate,
      at: Millis,
      isUsed: z.boolean(),
    }),
  ),
})
export type AppointmentsReply = z.infer<typeof AppointmentsReply>

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
  /** Beyond the service's daily quota: numbers of a desk's own series, given while it was cut off. */
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

/** POST /v1/notes: texts whose salted hashes are in `entry.noted` events; the server finds each by its hash. */
export const NoteText = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  salt: z.string().length(22),
  value: z.string().min(1).max(NOTE_LIMIT),
})
export type NoteText = z.infer<typeof NoteText>
export const NOTES_LIMIT = 20
export const NotesRequest = z.strictObject({ notes: z.array(NoteText).min(1).max(NOTES_LIMIT) })
export const NotesReply = z.strictObject({ taken: z.int().min(0) })

/**
 * GET /v1/visits/:visitId/notes: what counters of the caller's agency wrote about the visit. Only for the device that holds
 * the visit's open entry.
 */
export const VisitNote = z.strictObject({
  ...NoteText.shape,
  counterId: ConfigId.nullable(),
  officerId: ConfigId.nullable(),
  notedAt: Millis,
})
export type VisitNote = z.infer<typeof VisitNote>
export const VisitNotesReply = z.strictObject({ notes: z.array(VisitNote) })
export type VisitNotesReply = z.infer<typeof VisitNotesReply>

/** GET /v1/visits/:visitId/prerequisites: only for the device that holds the visit's open entry. */
export const PrerequisitesReply = z.strictObject({ texts: z.array(PersonalText) })
export type PrerequisitesReply = z.infer<typeof PrerequisitesReply>

const EntryStatus = z.enum([
  'waiting',
  'called',
  'serving',
  'on_hold',
  'completed',
  'forwarded',
  'no_show',
  'cancelled',
  'expired',
  'superseded',
])

/** One line of the waiting list; `status` other than waiting takes it off the list. */
export const QueueRow = z.strictObject({
  visitId: Uuid,
  entryNo: EntryNo,
  label: Label,
  businessDate: BusinessDate,
  serviceId: ConfigId,
  status: EntryStatus,
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
 * `data:` is one Change. A comment line every 5 s is the heartbeat.
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
export const HEARTBEAT_MS = 5_000

/**
 * The desk API: everything a screen may ask of its host, each entry once. From it come the client's types, the router's
 * checks and the transports' suite. A new method = one entry here + one line in main/host/create-handlers.ts.
 */
import { z } from 'zod'
import { DEVICE_METHODS, Json } from '#contract/device-methods.ts'
import { parseEnrolmentCode } from '#contract/enrolment-code.ts'
import {
  AppointmentCode,
  BusinessDate,
  CancelReason,
  DeliveredList,
  EntryNo,
  HoldReason,
  Label,
  Millis,
  Outcome,
  OutOfOrderReason,
  PauseReason,
  PaymentReference,
  ServiceIds,
  TransferPlace,
  Uuid,
  VisitCancelReason,
} from '#contract/events.ts'
import { PriorityGroup } from '#contract/mall-config.ts'
import { commandId, Done, method } from '#contract/method.ts'
import { Catalogue, DeskSnapshot, PanelSnapshot } from '#contract/snapshot.ts'
import { Announcement, Clip, ClipName } from '#contract/voice.ts'
import type { CheckInRefusal } from '#domain/appointment.ts'
import type { DeskRefusal } from '#domain/desk.ts'

const onEntry = { commandId, visitId: Uuid, entryNo: EntryNo }
const AnnouncementId = Announcement.shape.id
const ServiceId = z.string().min(1).max(40)
export const TypedPaymentReference = z.string().trim().toUpperCase().pipe(PaymentReference)
/** Typed or scanned: what no booking can be is simply unknown, and told so. */
const TypedAppointmentCode = z.string().trim().min(1).max(300)
/** Typed text in, parts out. */
const TypedEnrolmentCode = z
  .string()
  .max(100)
  .transform((typed, context) => {
    const parts = parseEnrolmentCode(typed)
    if (parts) return parts
    context.addIssue({ code: 'custom', message: 'not 8 or 24 base32 characters' })
    return z.NEVER
  })

/** Refusals of the desk's rules (domain/desk.ts). */
const DESK_REFUSALS = [
  'COUNTER_NOT_OPEN',
  'COUNTER_PAUSED',
  'STORE_IN_DOUBT',
  'ENTRY_IN_PROGRESS',
  'NOTHING_WAITING',
  'NO_CURRENT_ENTRY',
  'STALE_SCREEN',
  'NOT_ALLOWED_NOW',
  'SAME_SERVICE',
  'ALREADY_RETURNS',
  'TICKET_GONE',
  'RECALL_LIMIT',
  'NOTHING_TO_UNDO',
  'CHOICE_STRANDS',
] as const satisfies readonly DeskRefusal[]

const APPOINTMENT_ERRORS = [
  'APPOINTMENT_UNKNOWN',
  'APPOINTMENT_OTHER_DAY',
  'APPOINTMENT_EARLY',
  'APPOINTMENT_LATE',
  'APPOINTMENT_USED',
] as const satisfies readonly CheckInRefusal[]

const SLIP_ERRORS = [
  'SLIP_UNREADABLE',
  'SLIP_FOREIGN',
  'SLIP_ALTERED',
  'SLIP_OLD',
  'SLIP_FINISHED',
  'SLIP_IN_SERVICE',
  'SLIP_OTHER_SERVICE',
] as const

export const METHODS = {
  ...DEVICE_METHODS,
  'setup.enrol': method({
    input: z.object({
      serverUrl: z.url({ protocol: /^https?$/ }).max(200),
      code: TypedEnrolmentCode,
      deviceName: z.string().trim().min(1).max(80),
      /** The set-up of a counter that moves to this PC; saved once the server has said yes. */
      profile: Json.nullable().default(null),
    }),
    output: Done,
    access: 'anyone',
    movesCustody: false,
    errors: [
      'ALREADY_ENROLLED',
      'SERVER_UNREACHABLE',
      'NOT_A_MALL_SERVER',
      'ENROLMENT_CODE_INVALID',
      'ENROLMENT_REFUSED',
      'TOO_MANY_TRIES',
      'HTTPS_NEEDED',
      'FINGERPRINT_NEEDED',
      'SERVER_NOT_PINNED',
      'PROFILE_WRONG',
      'PROFILE_NOT_SAVED',
    ],
  }),
  'session.signIn': method({
    input: z.object({ officerId: z.string().min(1).max(40), pin: z.string().regex(/^[0-9]{6}$/) }),
    output: Done,
    access: 'anyone',
    movesCustody: false,
    errors: ['NOT_ENROLLED', 'WRONG_PIN', 'PIN_LOCKED', 'NO_SERVICE_PERMITTED'],
  }),
  /** Hides what is personal and refuses acts until a PIN is typed: `session.signIn` unlocks. */
  'session.lock': method({
    input: z.object({}),
    output: Done,
    access: ['officer', 'supervisor', 'front_desk', 'technician'],
    movesCustody: false,
    errors: [],
  }),
  /** Somebody touches the keyboard or the mouse: the desk does not lock itself for a while. */
  'session.touch': method({
    input: z.object({}),
    output: Done,
    access: 'anyone',
    movesCustody: false,
    errors: [],
  }),
  'session.signOut': method({
    input: z.object({}),
    output: Done,
    access: 'anyone',
    movesCustody: false,
    errors: ['ENTRY_IN_PROGRESS', 'LOCKED'],
  }),
  'counter.open': method({
    input: z.object({ commandId }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: ['NOT_A_COUNTER', 'COUNTER_NEEDS_SERVER', 'COUNTER_REFUSED', 'NO_SERVICE_PERMITTED'],
  }),
  'counter.close': method({
    input: z.object({
      commandId,
      /** What becomes of entries that are set aside; those that are not named stay with the counter. */
      settle: z
        .array(z.object({ visitId: Uuid, entryNo: EntryNo, to: z.enum(['return', 'cancel']) }))
        .max(500)
        .refine((all) => new Set(all.map(({ visitId, entryNo }) => `${visitId}/${entryNo}`)).size === all.length)
        .default([]),
    }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'counter.pause': method({
    input: z.object({
      commandId,
      reason: PauseReason,
      /** When the officer means to be back, by the mall's clock. */
      backAt: Millis.nullable().default(null),
    }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, 'BACK_AT_PASSED'],
  }),
  /** A pause by schedule begins later today, or not at all when it is put off to its end. */
  'counter.putOffPause': method({
    input: z.object({ commandId, from: Millis, until: Millis }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: false,
    errors: ['STALE_SCREEN'],
  }),
  /** At rush hour: which of its services the counter takes from now on. */
  'counter.chooseServices': method({
    input: z.object({ commandId, serviceIds: ServiceIds }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, 'SERVICE_UNKNOWN', 'SERVICE_NOT_PERMITTED'],
  }),
  /** Which other counters take each of this counter's services now. Null: the server cannot be asked. */
  'counter.takers': method({
    input: z.object({}),
    output: z.object({
      services: z.array(z.object({ serviceId: z.string(), counterNames: z.array(z.string()) })).nullable(),
    }),
    access: ['officer', 'supervisor'],
    movesCustody: false,
    errors: [],
  }),
  /** What this counter did today, for whoever closes it. */
  'counter.daySummary': method({
    input: z.object({}),
    output: z.object({
      served: z.int().min(0),
      averageWaitMs: z.int().min(0).nullable(),
      averageServedMs: z.int().min(0).nullable(),
    }),
    access: ['officer', 'supervisor'],
    movesCustody: false,
    errors: [],
  }),
  'counter.resume': method({
    input: z.object({ commandId }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'queue.callNext': method({
    input: z.object({ commandId }),
    output: z.object({ visitId: Uuid, entryNo: EntryNo, label: Label }),
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  /** Calls this very number, out of turn: from the own hand, or from another's when the server can be asked. */
  'queue.callTicket': method({
    input: z.object({ ...onEntry, reason: OutOfOrderReason }),
    output: z.object({ visitId: Uuid, entryNo: EntryNo, label: Label }),
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [
      ...DESK_REFUSALS,
      'TICKET_NEEDS_SERVER',
      'TICKET_NOT_ANSWERED',
      'TICKET_TAKEN',
      'TICKET_NOT_HERE',
      'SERVICE_NOT_PERMITTED',
    ],
  }),
  'queue.callAgain': method({
    input: z.object(onEntry),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'queue.startServing': method({
    input: z.object(onEntry),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'queue.complete': method({
    input: z.object({
      ...onEntry,
      outcome: Outcome,
      /** From the bank's proof of payment, for a service that has a tariff. */
      paymentReference: TypedPaymentReference.nullable(),
      /** Services of this counter's agency that were delivered, and how often. Null: the entry's own, once. */
      delivered: DeliveredList.nullable().default(null),
    }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, 'SERVICE_IS_FREE', 'SERVICE_UNKNOWN', 'DELIVERED_MISSING', 'NOTHING_DELIVERED'],
  }),
  /** Writes something down about an entry that is here or ended here today. Only for officers of the counter's agency. */
  'queue.note': method({
    input: z.object({ ...onEntry, text: z.string().max(100_000) }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: false,
    errors: [...DESK_REFUSALS, 'NOTE_EMPTY', 'NOTE_TOO_LONG', 'OTHER_AGENCY'],
  }),
  'queue.forward': method({
    input: z.object({
      ...onEntry,
      toServiceId: ServiceId,
      /** What this step hands over, typed by the officer (for example the loss report's number). */
      handsOver: z.string().trim().min(1).max(100).nullable(),
      /** The day it was issued, of what is valid for some days only. */
      handsOverDate: BusinessDate.nullable().default(null),
    }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, 'SERVICE_UNKNOWN', 'NOTHING_TO_HAND_OVER', 'HANDED_OVER_DATE_WRONG'],
  }),
  'queue.noShow': method({
    input: z.object(onEntry),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'queue.returnToQueue': method({
    input: z.object({ ...onEntry, to: z.enum(['place', 'end']).optional().describe('Absent: in its old place') }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'queue.hold': method({
    input: z.object({ ...onEntry, reason: HoldReason }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'queue.resume': method({
    input: z.object(onEntry),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'queue.callBack': method({
    input: z.object(onEntry),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'queue.cancel': method({
    input: z.object({ ...onEntry, reason: CancelReason }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'queue.transfer': method({
    input: z.object({
      ...onEntry,
      toServiceId: ServiceId,
      toCounterId: ServiceId.nullable(),
      /** Before everybody, where the visitor stood by arrival, or behind all who wait there. */
      place: z.enum(['end', ...TransferPlace.options]).default('end'),
      /** Comes back to this counter, next in line, once it is completed there. */
      returns: z.boolean().default(false),
    }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, 'SERVICE_UNKNOWN', 'COUNTER_UNKNOWN'],
  }),
  /** Gives a waiting entry of the own hand back to the dealer. */
  'queue.release': method({
    input: z.object(onEntry),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  /** Takes the last step back: a call until the visitor arrived, a forward or release for some seconds. */
  'queue.undo': method({
    input: z.object({ commandId }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  /** A visitor shows a slip: what the scanner read, or the number and the six characters typed. */
  'queue.present': method({
    input: z.object({
      commandId,
      slip: z.union([
        z.object({ scanned: z.string().min(1).max(300) }),
        z.object({ label: Label, code: z.string().trim().toUpperCase().length(6) }),
      ]),
    }),
    output: z.object({ visitId: Uuid, entryNo: EntryNo, label: Label }),
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, ...SLIP_ERRORS],
  }),
  /** A number of this desk's own series, when the server is down and nobody can hand out others. */
  'visit.issueHere': method({
    input: z.object({ commandId, serviceId: ServiceId, priority: PriorityGroup.nullable() }),
    output: z.object({ visitId: Uuid, label: Label }),
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: ['NOT_A_COUNTER', 'COUNTER_NOT_OPEN', 'SERVICE_UNKNOWN', 'SERVICE_NOT_PERMITTED', 'STORE_IN_DOUBT'],
  }),
  /** A walk-in is served at once: a number of the own series, without a slip. */
  'queue.quickServe': method({
    input: z.object({ commandId, serviceId: ServiceId, priority: PriorityGroup.nullable() }),
    output: z.object({ visitId: Uuid, entryNo: EntryNo, label: Label }),
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, 'NOT_A_COUNTER', 'SERVICE_UNKNOWN', 'SERVICE_NOT_PERMITTED'],
  }),
  'visit.issue': method({
    input: z.object({
      commandId,
      serviceId: ServiceId,
      priority: PriorityGroup.nullable(),
      journeyId: ServiceId.nullable(),
      /** Ticked off before the number was given; left out where the service asks for nothing. */
      requirementsMet: z.boolean().optional(),
      /** Of a visitor who checks in for an appointment. */
      appointmentCode: TypedAppointmentCode.optional(),
    }),
    output: z.object({ visitId: Uuid, label: Label }),
    access: ['front_desk', 'supervisor'],
    movesCustody: true,
    errors: [
      ...(['NOT_A_FRONT_DESK', 'SERVICE_UNKNOWN', 'JOURNEY_UNKNOWN', 'STORE_IN_DOUBT', 'QUOTA_REACHED'] as const),
      ...APPOINTMENT_ERRORS,
    ],
  }),
  /** What a booking code is good for now; the number itself is given by visit.issue. */
  'appointment.find': method({
    input: z.object({ code: TypedAppointmentCode }),
    output: z.object({ code: AppointmentCode, serviceId: ServiceId, at: z.int() }),
    access: ['front_desk', 'supervisor'],
    movesCustody: false,
    errors: [...APPOINTMENT_ERRORS, 'SERVICE_UNKNOWN'],
  }),
  /** Takes back a number of this desk that nobody has called. Counts where a counter has it in its hand once that one let go. */
  'visit.cancelIssued': method({
    input: z.object({ commandId, visitId: Uuid, reason: VisitCancelReason }),
    output: z.object({ visitId: Uuid, label: Label }),
    access: ['front_desk', 'supervisor'],
    movesCustody: true,
    errors: ['NOT_A_FRONT_DESK', 'VISIT_NOT_ISSUED_HERE', 'ALREADY_CALLED', 'ALREADY_CANCELLED', 'SLIP_PRINTING'],
  }),
  /** What a visitor has to bring, on paper, for whoever has to come back with it. */
  'print.requirements': method({
    input: z.object({ serviceId: ServiceId }),
    output: Done,
    access: ['front_desk', 'supervisor'],
    movesCustody: false,
    errors: ['SERVICE_UNKNOWN', 'NO_PRINTER'],
  }),
  'print.settle': method({
    input: z.object({ jobId: Uuid, cameOut: z.boolean().describe('false prints a copy marked SALINAN') }),
    output: Done,
    access: ['officer', 'supervisor', 'front_desk'],
    movesCustody: false,
    errors: ['JOB_NOT_FOUND', 'NOT_ALLOWED_NOW'],
  }),
  /** Sound for announcements. Only at the PC that speaks for a zone; the login screen speaks, too. */
  'voice.clips': method({
    input: z.object({
      names: z.array(ClipName).max(80),
      undecodable: z.array(ClipName).max(80).describe('Of the mall; the built-in ones are used instead from now on'),
    }),
    output: z.object({ clips: z.array(Clip) }),
    access: 'anyone',
    movesCustody: false,
    errors: ['VOICE_OFF'],
  }),
  /** This screen speaks the announcement, so that no other one does. */
  'voice.begin': method({
    input: z.object({ id: AnnouncementId, durationMs: z.int().min(0).max(120_000) }),
    output: Done,
    access: 'anyone',
    movesCustody: false,
    errors: ['VOICE_OVER'],
  }),
  'voice.ended': method({
    input: z.object({ id: AnnouncementId, wasHeard: z.boolean() }),
    output: Done,
    access: 'anyone',
    movesCustody: false,
    errors: [],
  }),
} as const

export const SUBSCRIPTIONS = {
  desk: DeskSnapshot,
  catalogue: Catalogue,
  panel: PanelSnapshot,
  /** Null unless there is something to say, and this is the PC that says it. */
  announcement: Announcement.nullable(),
} as const

/** The store refused: the disk is full, the folder cannot be written, the file is damaged. Nothing was recorded. */
const STORE_ERRORS = ['STORE_FULL', 'STORE_READ_ONLY', 'STORE_BROKEN', 'STORE_IN_USE'] as const

export const ROUTER_ERRORS = [
  'UNKNOWN_METHOD',
  'BAD_INPUT',
  'NOT_SIGNED_IN',
  'ROLE_MISSING',
  'LOCKED',
  'INTERNAL',
  ...STORE_ERRORS,
] as const

/** What the client side of a transport adds when the host does not answer. */
export const TRANSPORT_ERRORS = ['HOST_GONE', 'HOST_TIMEOUT'] as const

export type MethodName = keyof typeof METHODS
export type MethodInput<M extends MethodName> = z.input<(typeof METHODS)[M]['input']>
/** What a handler gets: checked, and with what was left out filled in. */
export type CheckedInput<M extends MethodName> = z.output<(typeof METHODS)[M]['input']>
export type MethodOutput<M extends MethodName> = z.output<(typeof METHODS)[M]['output']>
export type MethodError<M extends MethodName> =
  | (typeof METHODS)[M]['errors'][number]
  | (typeof ROUTER_ERRORS)[number]
  | (typeof TRANSPORT_ERRORS)[number]
export type Topic = keyof typeof SUBSCRIPTIONS
export type TopicValue<T extends Topic> = z.output<(typeof SUBSCRIPTIONS)[T]>

export type Failure<C extends string = string> = {
  ok: false
  code: C
  /** Extra facts for the message, for example {seconds: 30}. Never personal data. */
  detail?: Readonly<Record<string, string | number>>
}
export type Result<T, C extends string = string> = { ok: true; data: T } | Failure<C>

/** What every transport offers, and nothing more. */
export type DeskClient = {
  invoke<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Result<MethodOutput<M>, MethodError<M>>>
  /** Calls back with the newest value at once and on every change. Returns the unsubscribe function. */
  subscribe<T extends Topic>(topic: T, onValue: (value: TopicValue<T>) => void): () => void
}

/** Every code a screen may have to explain; the message catalogues must know each. */
export const ALL_ERROR_CODES: readonly string[] = [
  ...new Set([...Object.values(METHODS).flatMap((shape) => shape.errors), ...ROUTER_ERRORS, ...TRANSPORT_ERRORS]),
].sort()

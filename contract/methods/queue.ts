/** Numbers at a counter: called, served, set aside, given on. */
import { z } from 'zod'
import {
  BusinessDate,
  CancelReason,
  DeliveredList,
  EntryNo,
  HoldReason,
  Label,
  Outcome,
  OutOfOrderReason,
  PaymentReference,
  TransferPlace,
  Uuid,
} from '#contract/events.ts'
import { PriorityGroup } from '#contract/mall-config.ts'
import { commandId, DESK_REFUSALS, Done, method, onEntry, ServiceId } from '#contract/methods/method.ts'

export const TypedPaymentReference = z.string().trim().toUpperCase().pipe(PaymentReference)

const SLIP_ERRORS = [
  'SLIP_UNREADABLE',
  'SLIP_FOREIGN',
  'SLIP_ALTERED',
  'SLIP_OLD',
  'SLIP_FINISHED',
  'SLIP_IN_SERVICE',
  'SLIP_OTHER_SERVICE',
  'SERVICE_NOT_PERMITTED',
] as const

export const QUEUE_METHODS = {
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
  /** A walk-in is served at once: a number of the own series, without a slip. */
  'queue.quickServe': method({
    input: z.object({ commandId, serviceId: ServiceId, priority: PriorityGroup.nullable() }),
    output: z.object({ visitId: Uuid, entryNo: EntryNo, label: Label }),
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, 'NOT_A_COUNTER', 'SERVICE_UNKNOWN', 'SERVICE_NOT_PERMITTED'],
  }),
} as const

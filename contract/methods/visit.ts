/** Numbers that are given out and taken back, and bookings that become numbers. */
import { z } from 'zod'
import { AppointmentCode, Label, Uuid, VisitCancelReason } from '#contract/events.ts'
import { PriorityGroup } from '#contract/mall-config.ts'
import { commandId, method, ServiceId } from '#contract/methods/method.ts'
import type { CheckInRefusal } from '#domain/appointment.ts'

/** Typed or scanned: what no booking can be is simply unknown, and told so. */
const TypedAppointmentCode = z.string().trim().min(1).max(300)

const APPOINTMENT_ERRORS = [
  'APPOINTMENT_UNKNOWN',
  'APPOINTMENT_OTHER_DAY',
  'APPOINTMENT_EARLY',
  'APPOINTMENT_LATE',
  'APPOINTMENT_USED',
] as const satisfies readonly CheckInRefusal[]

export const VISIT_METHODS = {
  /** A number of this desk's own series, when the server is down and nobody can hand out others. */
  'visit.issueHere': method({
    input: z.object({ commandId, serviceId: ServiceId, priority: PriorityGroup.nullable() }),
    output: z.object({ visitId: Uuid, label: Label }),
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: ['NOT_A_COUNTER', 'COUNTER_NOT_OPEN', 'SERVICE_UNKNOWN', 'SERVICE_NOT_PERMITTED', 'STORE_IN_DOUBT'],
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
} as const

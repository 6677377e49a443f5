/** What front desks ask for besides numbers. */
import { z } from 'zod'
import { AppointmentCode, BusinessDate, ConfigId, Millis } from '#contract/events.ts'

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

/** How a device joins the mall. */
import { z } from 'zod'
import { ConfigId, Uuid } from '#contract/events.ts'

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

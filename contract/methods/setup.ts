/** A workstation joins its mall. */
import { z } from 'zod'
import { parseEnrolmentCode } from '#contract/enrolment-code.ts'
import { Done, Json, method } from '#contract/methods/method.ts'

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

export const SETUP_METHODS = {
  'setup.enrol': method({
    input: z.object({
      serverUrl: z.url({ protocol: /^https?$/ }).max(200),
      code: TypedEnrolmentCode,
      deviceName: z.string().trim().min(1).max(80),
      /** The set-up of a counter that moves to this PC; in force once the server has said yes. */
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
} as const

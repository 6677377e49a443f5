/** Errors of the mall server, the same for every route. */
import { z } from 'zod'

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

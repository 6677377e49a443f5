/** What the server found in a device's events. */
import { z } from 'zod'

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
  /** Beyond the service's daily quota when it came to the server. */
  'OVER_QUOTA',
  /** Two front desks gave a number for the same booking. */
  'APPOINTMENT_USED',
  /** A type that this server does not know yet: kept, and taken in after an upgrade. */
  'UNKNOWN_TYPE',
])
export type FindingCode = z.infer<typeof FindingCode>
export const Finding = z.strictObject({ seq: z.int().min(1), code: FindingCode })
export type Finding = z.infer<typeof Finding>

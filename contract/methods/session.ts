/** Who is at the desk: sign in, lock, sign out. */
import { z } from 'zod'
import { Done, method } from '#contract/methods/method.ts'

export const SESSION_METHODS = {
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
} as const

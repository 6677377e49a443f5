/** What an entry of the desk API is made of. */
import { z } from 'zod'
import { Uuid } from '#contract/events.ts'
import type { OfficerRole } from '#contract/mall-config.ts'

/**
 * Who may call: nobody signed in needed; on a workstation that is being set up anybody, and on an enrolled one a technician or
 * supervisor; or an officer with at least one of these roles.
 */
export type Access = 'anyone' | 'set-up' | readonly OfficerRole[]

type MethodShape = {
  input: z.ZodType
  output: z.ZodType
  access: Access
  /** Whether it may change who may call an entry. Each such command has to be in the simulation. */
  movesCustody: boolean
  /** Codes that this method itself may answer; the router adds ROUTER_ERRORS. */
  errors: readonly string[]
}

export function method<const M extends MethodShape>(shape: M): M {
  return shape
}

export const commandId = Uuid.describe('Chosen by the caller; the same id twice returns the first result')
export const Done = z.object({})

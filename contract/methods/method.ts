/** What an entry of the desk API is made of. */
import { z } from 'zod'
import { EntryNo, Uuid } from '#contract/events.ts'
import type { OfficerRole } from '#contract/mall-config.ts'
import type { DeskRefusal } from '#domain/desk-command.ts'

/**
 * Who may call: nobody signed in needed; on a workstation that is being set up anybody, and on an enrolled one a technician or
 * supervisor; or an officer with at least one of these roles.
 */
export type Access = 'anyone' | 'set-up' | readonly OfficerRole[]

export type MethodShape = {
  input: z.ZodType
  output: z.ZodType
  access: Access
  /** Whether it may change who may call an entry. Each such command has to be in the simulation. */
  movesCustody: boolean
  /** Asked by the page itself again and again while it is open: no sign that somebody is there. */
  asksByItself?: true
  /** Codes that this method itself may answer; the router adds ROUTER_ERRORS. */
  errors: readonly string[]
}

export function method<const M extends MethodShape>(shape: M): M {
  return shape
}

export const commandId = Uuid.describe('Chosen by the caller; the same id twice returns the first result')
export const Done = z.object({})

export const onEntry = { commandId, visitId: Uuid, entryNo: EntryNo }
export const ServiceId = z.string().min(1).max(40)
export const Json = z.record(z.string().max(100), z.unknown())

/** Refusals of the desk's rules (domain/desk-command.ts). */
export const DESK_REFUSALS = [
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

/** The counter's day: open, pause, which services, close. */
import { z } from 'zod'
import { EntryNo, Millis, PauseReason, ServiceIds, Uuid } from '#contract/events.ts'
import { commandId, DESK_REFUSALS, Done, method } from '#contract/methods/method.ts'

export const COUNTER_METHODS = {
  'counter.open': method({
    input: z.object({ commandId }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: ['NOT_A_COUNTER', 'COUNTER_NEEDS_SERVER', 'COUNTER_REFUSED', 'NO_SERVICE_PERMITTED'],
  }),
  'counter.close': method({
    input: z.object({
      commandId,
      /** What becomes of entries that are set aside; those that are not named stay with the counter. */
      settle: z
        .array(z.object({ visitId: Uuid, entryNo: EntryNo, to: z.enum(['return', 'cancel']) }))
        .max(500)
        .refine((all) => new Set(all.map(({ visitId, entryNo }) => `${visitId}/${entryNo}`)).size === all.length)
        .default([]),
    }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
  'counter.pause': method({
    input: z.object({
      commandId,
      reason: PauseReason,
      /** When the officer means to be back, by the mall's clock. */
      backAt: Millis.nullable().default(null),
    }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, 'BACK_AT_PASSED'],
  }),
  /** A pause by schedule begins later today, or not at all when it is put off to its end. */
  'counter.putOffPause': method({
    input: z.object({ commandId, from: Millis, until: Millis }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: false,
    errors: ['STALE_SCREEN'],
  }),
  /** At rush hour: which of its services the counter takes from now on. */
  'counter.chooseServices': method({
    input: z.object({ commandId, serviceIds: ServiceIds }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: [...DESK_REFUSALS, 'SERVICE_UNKNOWN', 'SERVICE_NOT_PERMITTED'],
  }),
  /** Which other counters take each of this counter's services now. Null: the server cannot be asked. */
  'counter.takers': method({
    input: z.object({}),
    output: z.object({
      services: z.array(z.object({ serviceId: z.string(), counterNames: z.array(z.string()) })).nullable(),
    }),
    access: ['officer', 'supervisor'],
    movesCustody: false,
    errors: [],
  }),
  /** What this counter did today, for whoever closes it. */
  'counter.daySummary': method({
    input: z.object({}),
    output: z.object({
      served: z.int().min(0),
      averageWaitMs: z.int().min(0).nullable(),
      averageServedMs: z.int().min(0).nullable(),
    }),
    access: ['officer', 'supervisor'],
    movesCustody: false,
    errors: [],
  }),
  'counter.resume': method({
    input: z.object({ commandId }),
    output: Done,
    access: ['officer', 'supervisor'],
    movesCustody: true,
    errors: DESK_REFUSALS,
  }),
} as const

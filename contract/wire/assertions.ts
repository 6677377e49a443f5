/** What a device tells a server that has lost its memory. */
import { z } from 'zod'
import { ENTRY_AS_GRANTED, ServiceIds } from '#contract/events.ts'

/** POST /v1/assertions: everything this device knows of custody, after the server lost its memory. */
export const AssertedEntry = z.strictObject({
  ...ENTRY_AS_GRANTED,
  state: z.enum(['held', 'used', 'released', 'void']),
})
export const AssertRequest = z.strictObject({
  incarnation: z.int().min(1),
  /** Events up to here were written before this device knew of the incarnation. */
  headSeq: z.int().min(0),
  /** The counter's session as this device has it. */
  session: z
    .strictObject({
      epoch: z.int().min(1),
      open: z.boolean(),
      /** Which services it takes now. Absent: all of its counter. */
      serviceIds: ServiceIds.optional(),
      /** Absent: not paused. */
      paused: z.literal(true).optional(),
    })
    .nullable(),
  entries: z.array(AssertedEntry).max(5_000),
})
export type AssertRequest = z.infer<typeof AssertRequest>
export const AssertReply = z.strictObject({ accepted: z.boolean() })

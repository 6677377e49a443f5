/** Papers besides the slips that come by themselves. */
import { z } from 'zod'
import { Uuid } from '#contract/events.ts'
import { Done, method, ServiceId } from '#contract/methods/method.ts'

export const PRINT_METHODS = {
  /** What a visitor has to bring, on paper, for whoever has to come back with it. */
  'print.requirements': method({
    input: z.object({ serviceId: ServiceId }),
    output: Done,
    access: ['front_desk', 'supervisor'],
    movesCustody: false,
    errors: ['SERVICE_UNKNOWN', 'NO_PRINTER'],
  }),
  'print.settle': method({
    input: z.object({ jobId: Uuid, cameOut: z.boolean().describe('false prints a copy marked SALINAN') }),
    output: Done,
    access: ['officer', 'supervisor', 'front_desk'],
    movesCustody: false,
    errors: ['JOB_NOT_FOUND', 'NOT_ALLOWED_NOW'],
  }),
} as const

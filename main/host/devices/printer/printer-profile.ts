/** The shape of a counter's printer set-up. */
import { z } from 'zod'

export const PrinterProfile = z.strictObject({
  /** Paper width in mm. */
  width: z.literal([58, 80]),
  transport: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('tcp'),
      host: z.string().min(1),
      port: z.int().min(1).max(65_535).default(9100),
    }),
    /** No printer: the paper appears in the device panel on the screen. */
    z.strictObject({ kind: z.literal('panel') }),
  ]),
})
export type PrinterProfile = z.infer<typeof PrinterProfile>

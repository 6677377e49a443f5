/** How a serial line is set, on both ends the same. */
import { z } from 'zod'

export const SerialSettings = z.strictObject({
  baudRate: z.int().min(300).max(921_600),
  dataBits: z.literal([7, 8]),
  parity: z.enum(['none', 'even', 'odd']),
  stopBits: z.literal([1, 2]),
})
export type SerialSettings = z.infer<typeof SerialSettings>

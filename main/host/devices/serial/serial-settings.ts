/** How a serial line is set, on both ends the same. */
import { z } from 'zod'

export const SerialSettings = z.strictObject({
  baudRate: z.int().min(300).max(921_600),
  dataBits: z.literal([7, 8]),
  parity: z.enum(['none', 'even', 'odd']),
  stopBits: z.literal([1, 2]),
})
export type SerialSettings = z.infer<typeof SerialSettings>

/** With its start bit. */
export function msPerByte({ baudRate, dataBits, parity, stopBits }: SerialSettings): number {
  const bits = 1 + dataBits + (parity === 'none' ? 0 : 1) + stopBits
  return (bits * 1000) / baudRate
}

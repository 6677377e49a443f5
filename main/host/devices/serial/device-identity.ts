/** What a set-up knows of the adapter behind a serial port, so that it is found again under another port name. */
import { z } from 'zod'

const Text = () => z.string().min(1).max(300)

/** As the operating system tells it (the `list()` of serialport); hexadecimal ids in any case. */
export const DeviceIdentity = z
  .strictObject({
    serialNumber: Text().optional(),
    pnpId: Text().optional(),
    vendorId: Text().optional(),
    productId: Text().optional(),
  })
  .refine(
    (device) => Object.values(device).some((value) => value !== undefined),
    'belum menyebut satu pun ciri perangkat',
  )
export type DeviceIdentity = z.infer<typeof DeviceIdentity>

/** Where a set-up looks for its device: the path of the day it was set up, and who was behind it. */
export type WantedPort = { path: string; device?: DeviceIdentity | undefined }

/** The same for all spellings of one port: COM3, com3 and \\.\COM3. */
export function portKey(path: string): string {
  const com = /^(?:\\\\\.\\)?(com\d+)$/i.exec(path)?.[1]
  return com === undefined ? path : com.toUpperCase()
}

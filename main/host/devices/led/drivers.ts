/** Every LED driver, and the shape of a counter's LED set-up. A new driver is one file, one line here and one reader. */
import { z } from 'zod'
import { cd5220 } from '#main/host/devices/led/cd5220.ts'
import { type LedDriver, SerialSettings } from '#main/host/devices/led/driver.ts'
import { modbusRtu } from '#main/host/devices/led/modbus-rtu.ts'

export const ledDrivers = { cd5220, 'modbus-rtu': modbusRtu } as const
export type LedDriverId = keyof typeof ledDrivers

export function ledDriver(id: LedDriverId): LedDriver<LedDriverId> {
  return ledDrivers[id]
}

const LedTransport = z.discriminatedUnion('kind', [
  /** COM3 or /dev/ttyUSB0; `settings` only where the display is not set as the driver expects. */
  z.strictObject({ kind: z.literal('serial'), path: z.string().min(1), settings: SerialSettings.optional() }),
  /** No port: the bytes go to the device panel on the screen only. */
  z.strictObject({ kind: z.literal('panel') }),
])

export const LedProfile = z.discriminatedUnion('driver', [
  z.strictObject({
    driver: z.literal('cd5220'),
    params: cd5220.parameters.prefault({}),
    transport: LedTransport,
  }),
  z.strictObject({
    driver: z.literal('modbus-rtu'),
    params: modbusRtu.parameters.prefault({}),
    transport: LedTransport,
  }),
])
export type LedProfile = z.infer<typeof LedProfile>

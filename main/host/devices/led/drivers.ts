/** Every LED driver by its id, and the shape of one display's set-up. A new driver is one file in drivers/. */
import { z } from 'zod'
import type { LedDriver } from '#main/host/devices/led/driver.ts'
import { drivers } from '#main/host/devices/led/drivers/index.ts'
import { DeviceIdentity } from '#main/host/devices/serial/device-identity.ts'
import { SerialSettings } from '#main/host/devices/serial/serial-settings.ts'

type Drivers = typeof drivers
export type LedDriverId = Drivers[number]['id']

const byId: ReadonlyMap<string, LedDriver<LedDriverId>> = new Map(drivers.map((driver) => [driver.id, driver]))

export const ledDriverIds: readonly LedDriverId[] = drivers.map(({ id }) => id)

export function ledDriver(id: LedDriverId): LedDriver<LedDriverId> {
  const driver = byId.get(id)
  if (!driver) throw new Error(`no LED driver ${id}`)
  return driver
}

const LedTransport = z.discriminatedUnion('kind', [
  /** COM3 or /dev/ttyUSB0; `settings` only where the display is not set as the driver expects. */
  z.strictObject({
    kind: z.literal('serial'),
    path: z.string().min(1),
    device: DeviceIdentity.optional(),
    settings: SerialSettings.optional(),
  }),
  /** No port: the bytes go to the device panel on the screen only. */
  z.strictObject({ kind: z.literal('panel') }),
])

type ProfileOf<D> =
  D extends LedDriver<infer Id, infer P>
    ? z.ZodObject<
        { driver: z.ZodLiteral<Id>; params: z.ZodLazy<z.ZodPrefault<P>>; transport: typeof LedTransport },
        z.core.$strict
      >
    : never
type Profile = ProfileOf<Drivers[number]>

function profileOf(driver: LedDriver) {
  const params = z.lazy(() => driver.parameters.prefault({}))
  return z.strictObject({ driver: z.literal(driver.id), params, transport: LedTransport })
}

/** One shape per driver, told apart by `driver`. */
export const LedProfile = z.discriminatedUnion('driver', drivers.map(profileOf) as unknown as [Profile, ...Profile[]])
export type LedProfile = z.infer<typeof LedProfile>

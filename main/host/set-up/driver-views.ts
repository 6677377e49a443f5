/** Every LED driver as the set-up form needs it: its name, factory settings and the schema of its parameters. */
import { z } from 'zod'
import type { DriverView } from '#contract/methods/devices.ts'
import { ledDriver, ledDriverIds } from '#main/host/devices/led/drivers.ts'

export function driverViews(): DriverView[] {
  return ledDriverIds.map((id) => {
    const { name, serial, parameters } = ledDriver(id)
    return { id, name, serial, parameters: z.toJSONSchema(parameters, { io: 'input' }) }
  })
}

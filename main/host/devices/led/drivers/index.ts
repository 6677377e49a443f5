/** Written from this folder by scripts/write-led-drivers.ts. A new driver is a new file here and nothing else. */
import { driver as alpha } from '#main/host/devices/led/drivers/alpha.ts'
import { driver as cd5220 } from '#main/host/devices/led/drivers/cd5220.ts'
import { driver as epsonDm } from '#main/host/devices/led/drivers/epson-dm.ts'
import { driver as modbusRtu } from '#main/host/devices/led/drivers/modbus-rtu.ts'
import { driver as stxAscii } from '#main/host/devices/led/drivers/stx-ascii.ts'
import { driver as template } from '#main/host/devices/led/drivers/template.ts'

// biome-ignore format: one line each, however many there are
export const drivers = [
  alpha,
  cd5220,
  epsonDm,
  modbusRtu,
  stxAscii,
  template,
] as const

/** Written from this folder by scripts/write-led-drivers.ts. A new driver is a new file here and nothing else. */
import { driver as cd5220 } from '#main/host/devices/led/drivers/cd5220.ts'
import { driver as modbusRtu } from '#main/host/devices/led/drivers/modbus-rtu.ts'

// biome-ignore format: one line each, however many there are
export const drivers = [
  cd5220,
  modbusRtu,
] as const

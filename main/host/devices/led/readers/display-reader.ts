/** The other end of the cable: what a display shows after the bytes it has been fed so far. */
import type { LedDriverId } from '#main/host/devices/led/drivers.ts'
import { readCd5220 } from '#main/host/devices/led/readers/cd5220-reader.ts'
import { readModbusRtu } from '#main/host/devices/led/readers/modbus-rtu-reader.ts'

export type DisplayReader = {
  /** Any bytes, split anywhere; what is not a command is ignored. Never throws. */
  feed(bytes: Uint8Array): void
  /** Lines are separated by '\n'; trailing spaces are dropped. */
  shown(): string
}

const readers: Record<LedDriverId, () => DisplayReader> = {
  cd5220: readCd5220,
  'modbus-rtu': readModbusRtu,
}

export function createDisplayReader(driverId: LedDriverId): DisplayReader {
  return readers[driverId]()
}

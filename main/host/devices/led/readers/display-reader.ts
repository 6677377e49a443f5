/** The other end of the cable: what a display shows after the bytes it has been fed so far. */
import { type LedDriverId, ledDriver } from '#main/host/devices/led/drivers.ts'
import { readPlainText } from '#main/host/devices/led/readers/plain-text-reader.ts'

export type DisplayReader = {
  /** Any bytes, split anywhere; what is not a command is ignored. Never throws. */
  feed(bytes: Uint8Array): void
  /** Lines are separated by '\n'; trailing spaces are dropped. */
  shown(): string
}

/** `params` as in the profile; a driver without a reader of its own gets one that shows the letters among the bytes. */
export function createDisplayReader(driverId: LedDriverId, params: unknown = {}): DisplayReader {
  return ledDriver(driverId).reader(params) ?? readPlainText()
}

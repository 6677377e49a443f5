/** What a set-up would send, for the technician: before a cable is in, and when a display shows something odd. */
import type { LedState } from '#main/host/device-documents.ts'
import type { Frame, LedDriver } from '#main/host/devices/led/driver.ts'

/** "1B 40 0C", one for each write, in order. */
export type HexPreview = { init: string[]; state: string[] }

/** Throws ZodError when the driver does not accept `params`; its issues name the parameter and what is wrong with it. */
export function hexPreview(driver: LedDriver, params: unknown, state: LedState): HexPreview {
  return { init: driver.init(params).map(hexOf), state: driver.encode(state, params).map(hexOf) }
}

function hexOf({ bytes }: Frame): string {
  return [...bytes].map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}

/** For a router over use cases alone: nothing hangs on it that could be set up. */
import { DEVICE_METHODS } from '#contract/methods/devices.ts'
import type { SetUpHandlers } from '#main/host/set-up/lazy-set-up.ts'

function nothingHere(): never {
  throw new Error('there are no devices here')
}

export const NO_SET_UP = Object.fromEntries(
  [...Object.keys(DEVICE_METHODS), 'setup.enrol'].map((name) => [name, nothingHere]),
) as unknown as SetUpHandlers

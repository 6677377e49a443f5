/** Shows something on a display of a draft, over the real cable, and says how that went. */
import type { TryOutcome } from '#contract/methods/devices.ts'
import type { LedState } from '#main/host/device-documents.ts'
import type { Devices } from '#main/host/devices/create-devices.ts'
import type { DeviceFailure, DeviceHealth } from '#main/host/ports.ts'
import { hintsFor } from '#main/host/set-up/hints.ts'

/** Opening a port, initialising a slow display and waiting for its answer. */
const ANSWER_MS = 8_000

export type DisplayTrial = {
  /** Null when it was cut short. */
  outcome: TryOutcome | null
  /** Closes it; what is shown stays until something else is. */
  end(): Promise<void>
}

export type DisplayTrialOptions = {
  state: LedState
  /** Makes the draft's display; it is started here. */
  open(onHealth: (health: DeviceHealth) => void): Devices
  /** Whether the display said anything since the try began. */
  heardSomething(): boolean
  /** Aborted when the display is wanted back: then there is no outcome. */
  cut: AbortSignal
  answerMs?: number
}

/** Resolves when the display shows it, or cannot. */
export async function tryDisplay(options: DisplayTrialOptions): Promise<DisplayTrial> {
  const { state, open, heardSomething, cut, answerMs = ANSWER_MS } = options
  const { promise: told, resolve: tell } = Promise.withResolvers<DeviceHealth | null>()
  const devices = open((health) => {
    if (health.state === 'ready' || health.state === 'failed') tell(health)
  })
  devices.led.show(state)
  devices.start()
  const timer = setTimeout(() => tell(null), answerMs)
  cut.addEventListener('abort', () => tell(null))
  if (cut.aborted) tell(null)
  const health = await told
  clearTimeout(timer)
  return { outcome: cut.aborted ? null : outcomeOf(health, heardSomething()), end: () => devices.stop() }
}

function outcomeOf(health: DeviceHealth | null, heard: boolean): TryOutcome {
  const code: DeviceFailure | null = health === null ? 'LED_SILENT' : health.state === 'failed' ? health.code : null
  const detail = health?.state === 'failed' ? health.detail : null
  return { code, detail, hints: hintsFor({ code, kind: 'led', heardSomething: heard }) }
}

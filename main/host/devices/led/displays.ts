/** All number displays of a counter as one: each shows the same, and what is told of all is what is true of the worst. */
import type { Led } from '#main/host/devices/led/led-supervisor.ts'
import type { DeviceHealth, LedPort } from '#main/host/ports.ts'

export type Display = {
  led: Led
  /** Its port, and the address on it where several share one; null for one that is only drawn on the screen. */
  where(): string | null
}

export type Displays = LedPort & Pick<Led, 'start' | 'stop'>

const WORST_FIRST: readonly DeviceHealth['state'][] = ['failed', 'connecting', 'ready', 'absent']

export function createDisplays(displays: readonly Display[]): Displays {
  /** Of several as bad as each other the first. */
  function worst(): Display | null {
    const rank = ({ led }: Display) => WORST_FIRST.indexOf(led.health().state)
    return displays.toSorted((one, other) => rank(one) - rank(other))[0] ?? null
  }

  return {
    show(state) {
      for (const { led } of displays) led.show(state)
    },
    health: () => worst()?.led.health() ?? { state: 'absent' },
    where: () => worst()?.where() ?? null,
    start() {
      for (const { led } of displays) led.start()
    },
    async stop() {
      await Promise.all(displays.map(({ led }) => led.stop()))
    },
  }
}

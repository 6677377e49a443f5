/** All number displays of a counter as one: each shows the same, and the health of all is that of the worst. */
import type { Led } from '#main/host/devices/led/led-supervisor.ts'
import type { DeviceHealth } from '#main/host/ports.ts'

const WORST_FIRST: readonly DeviceHealth['state'][] = ['failed', 'connecting', 'ready', 'absent']

export function createDisplays(displays: readonly Led[]): Led {
  return {
    show(state) {
      for (const display of displays) display.show(state)
    },
    health: () => worst(displays.map((display) => display.health())),
    start() {
      for (const display of displays) display.start()
    },
    async stop() {
      await Promise.all(displays.map((display) => display.stop()))
    },
  }
}

/** Of several as bad as each other the first; `absent` when there is none. */
export function worst(healths: readonly DeviceHealth[]): DeviceHealth {
  const rank = ({ state }: DeviceHealth) => WORST_FIRST.indexOf(state)
  return healths.toSorted((one, other) => rank(one) - rank(other))[0] ?? { state: 'absent' }
}

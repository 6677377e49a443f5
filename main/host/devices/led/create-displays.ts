/** Displays from their set-ups: one connection per port, and a supervisor of its own for each display on it. */
import { type Bus, createBus } from '#main/host/devices/led/bus.ts'
import { createDisplays, type Displays } from '#main/host/devices/led/displays.ts'
import { type LedProfile, ledDriver } from '#main/host/devices/led/drivers.ts'
import { createLed } from '#main/host/devices/led/led-supervisor.ts'
import { createMockLinePair } from '#main/host/devices/led/mock-line.ts'
import { createSerialPortLine } from '#main/host/devices/led/serial-line.ts'
import type { DevicePanel } from '#main/host/devices/panel/panel.ts'
import { portKey } from '#main/host/devices/serial/device-identity.ts'

export type OnTraffic = (where: string, direction: 'sent' | 'heard', bytes: Uint8Array) => void

type Port = { bus: Bus; where(): string | null }

/** For profiles that keep the rules of main/host/profile-rules.ts. `onChange` is called when the health of any display changes. */
export function displaysFrom(
  profiles: readonly LedProfile[],
  panel: DevicePanel,
  onChange: () => void,
  onTraffic: OnTraffic,
): Displays {
  const serialPorts = new Map<string, Port>()

  function portOf({ driver, params, transport }: LedProfile): Port {
    const { serial } = ledDriver(driver)
    if (transport.kind === 'panel') {
      return { bus: createBus(createMockLinePair(serial, panel.addDisplay(driver, params)).connect), where: () => null }
    }
    const { path, settings = serial } = transport
    const key = portKey(path)
    const port = serialPorts.get(key) ?? {
      bus: createBus(() =>
        createSerialPortLine({ path, settings, onTraffic: (direction, bytes) => onTraffic(path, direction, bytes) }),
      ),
      where: () => path,
    }
    serialPorts.set(key, port)
    return port
  }

  const ports = profiles.map(portOf)
  return createDisplays(
    profiles.map(({ driver, params }, index) => {
      const port = ports[index] as Port
      const isShared = ports.filter((one) => one === port).length > 1
      const address = isShared ? ` #${ledDriver(driver).busAddress(params)}` : ''
      const led = createLed({ driver: ledDriver(driver), params, connect: port.bus.connect, onHealth: onChange })
      return { led, where: () => port.where() && `${port.where()}${address}` }
    }),
  )
}

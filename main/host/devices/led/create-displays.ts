/** Displays from their set-ups: one connection per port, and a supervisor of its own for each display on it. */
import { type Bus, createBus } from '#main/host/devices/led/bus.ts'
import { createDisplays, type Displays } from '#main/host/devices/led/displays.ts'
import { type LedProfile, ledDriver } from '#main/host/devices/led/drivers.ts'
import { createLed } from '#main/host/devices/led/led-supervisor.ts'
import { createMockLinePair } from '#main/host/devices/led/mock-line.ts'
import { createSerialPortLine } from '#main/host/devices/led/serial-line.ts'
import type { DevicePanel } from '#main/host/devices/panel/panel.ts'
import { portKey, type WantedPort } from '#main/host/devices/serial/device-identity.ts'
import { createPortFinder } from '#main/host/devices/serial/port-finder.ts'
import type { SerialSettings } from '#main/host/devices/serial/serial-settings.ts'

export type OnTraffic = (where: string, direction: 'sent' | 'heard', bytes: Uint8Array) => void

type Port = { bus: Bus; where(): string | null }

type Surroundings = {
  panel: DevicePanel
  /** The paths saved for all serial devices of this counter. */
  saved: readonly string[]
  onTraffic: OnTraffic
  /** Called when the health of any display changes. */
  onChange(): void
}

/** For profiles that keep the rules of main/host/profile-rules.ts. */
export function displaysFrom(
  profiles: readonly LedProfile[],
  { panel, saved, onTraffic, onChange }: Surroundings,
): Displays {
  const serialPorts = new Map<string, Port>()

  function newPort(wanted: WantedPort, settings: SerialSettings): Port {
    const finder = createPortFinder(wanted, saved)
    const tell = (direction: 'sent' | 'heard', bytes: Uint8Array) => onTraffic(wanted.path, direction, bytes)
    return {
      bus: createBus(() => createSerialPortLine(finder, { settings, onTraffic: tell })),
      where: finder.where,
    }
  }

  function portOf({ driver, params, transport }: LedProfile): Port {
    const { serial } = ledDriver(driver)
    if (transport.kind === 'panel') {
      return { bus: createBus(createMockLinePair(serial, panel.addDisplay(driver, params)).connect), where: () => null }
    }
    const key = portKey(transport.path)
    const port = serialPorts.get(key) ?? newPort(transport, transport.settings ?? serial)
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

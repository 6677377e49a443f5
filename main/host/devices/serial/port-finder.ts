/** Finds the port of one device anew for every connection, because a USB adapter comes back under another name. */
import { chooseDevice } from '#main/host/devices/serial/choose-device.ts'
import type { WantedPort } from '#main/host/devices/serial/device-identity.ts'
import { PortError } from '#main/host/devices/serial/port-error.ts'
import { listSerialPorts, type SerialPortInfo, type SerialPortList } from '#main/host/devices/serial/serial-ports.ts'

export type PortFinder = {
  /** The path to open now. Rejects with a PortError; where ports cannot be listed it is the saved path. */
  find(): Promise<string>
  /** Where the device was last found, with the maker of its adapter if that is known: "COM3 (FTDI)". */
  where(): string
}

/** `saved`: the paths saved for all serial devices of this counter. */
export function createPortFinder(
  wanted: WantedPort,
  saved: readonly string[] = [],
  list: () => Promise<SerialPortList> = listSerialPorts,
): PortFinder {
  let where = wanted.path

  return {
    async find() {
      // Nobody to look for but whoever is at this path.
      if (!wanted.device) return wanted.path
      const choice = chooseDevice(wanted, (await list()).ports, saved)
      switch (choice.kind) {
        case 'found':
          if (choice.port) where = named(choice.port)
          return choice.path
        case 'ambiguous':
          throw new PortError('ambiguous', choice.candidates.map(described).join('; '))
        case 'missing':
          throw new PortError('missing', `another device: ${described(choice.instead)}`)
      }
    },
    where: () => where,
  }
}

function named({ path, maker }: SerialPortInfo): string {
  return maker ? `${path} (${maker})` : path
}

function described(port: SerialPortInfo): string {
  const { vendorId, productId, serialNumber } = port
  return [named(port), vendorId && `${vendorId}:${productId}`, serialNumber].filter(Boolean).join(' ')
}

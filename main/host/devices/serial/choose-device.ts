/** Which of the ports that are there is the one of a set-up, whose name may have changed since. */
import { portKey, type WantedPort } from '#main/host/devices/serial/device-identity.ts'
import type { SerialPortInfo } from '#main/host/devices/serial/serial-ports.ts'

export type Choice =
  /** `port` is null for a path that is not listed: opening it tells whether it is there. */
  | { kind: 'found'; path: string; port: SerialPortInfo | null }
  /** Only a person can tell them apart. */
  | { kind: 'ambiguous'; candidates: SerialPortInfo[] }
  /** At its path is another device, and its own is nowhere. */
  | { kind: 'missing'; instead: SerialPortInfo }

type Known = Partial<Record<'serialNumber' | 'pnpId' | 'vendorId' | 'productId', string | null | undefined>>

/**
 * By real serial number, then by the same pnpId, then by vendor and product, then by the saved path. Of several that fit as
 * well as each other the one at the saved path is taken. `saved` are the paths of all devices of this counter: an adapter
 * without a serial number is not taken for its like that belongs to another.
 */
export function chooseDevice(
  wanted: WantedPort,
  ports: readonly SerialPortInfo[],
  saved: readonly string[] = [],
): Choice {
  const { path, device } = wanted
  const atPath = ports.find((port) => portKey(port.path) === portKey(path)) ?? null
  if (!device) return { kind: 'found', path, port: atPath }
  const possible = ports.filter((port) => !isAnother(device, port))
  const taken = new Set(saved.map(portKey))
  const free = possible.filter((port) => port === atPath || !taken.has(portKey(port.path)))
  const fits = [
    possible.filter((port) => same(realSerial(device), realSerial(port))),
    free.filter((port) => same(device.pnpId, port.pnpId)),
    free.filter((port) => same(device.vendorId, port.vendorId) && same(device.productId, port.productId)),
  ]
  const candidates = fits.find((fitting) => fitting.length > 0)
  if (candidates) {
    const port = candidates.length === 1 ? candidates[0] : candidates.find((one) => one === atPath)
    return port ? { kind: 'found', path: port.path, port } : { kind: 'ambiguous', candidates }
  }
  if (atPath && isAnother(device, atPath)) return { kind: 'missing', instead: atPath }
  return { kind: 'found', path, port: atPath }
}

/** What is known of both and differs: then it is not this device, whatever else fits. */
function isAnother(device: Known, port: Known): boolean {
  return (
    differ(realSerial(device), realSerial(port)) ||
    differ(device.vendorId, port.vendorId) ||
    differ(device.productId, port.productId)
  )
}

/** Windows makes up one with `&` for adapters that have none: it belongs to the USB socket. */
function realSerial({ serialNumber }: Known): string | null {
  return serialNumber && !serialNumber.includes('&') ? serialNumber : null
}

type Word = string | null | undefined

/** What is not known is neither the same nor different. */
function same(one: Word, other: Word): boolean {
  return Boolean(one && other) && one?.toLowerCase() === other?.toLowerCase()
}

function differ(one: Word, other: Word): boolean {
  return Boolean(one && other) && !same(one, other)
}

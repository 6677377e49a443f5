/** What the shape of a profile cannot say: which devices may hang on one port. */
import { isDeepStrictEqual } from 'node:util'
import { type LedProfile, ledDriver } from '#main/host/devices/led/drivers.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { portKey } from '#main/host/devices/serial/device-identity.ts'

/** `path` is where in the profile, such as `displays.1.transport.path`. */
export type BrokenRule = { path: string; rule: string }

type SerialDisplay = {
  at: string
  profile: LedProfile
  transport: Extract<LedProfile['transport'], { kind: 'serial' }>
}

/** Empty for a profile that may be used. */
export function brokenRules(profile: { displays: LedProfile[]; printer: PrinterProfile | null }): BrokenRule[] {
  const displays = profile.displays.flatMap((display, index): SerialDisplay[] => {
    const { transport } = display
    return transport.kind === 'serial' ? [{ at: `displays.${index}`, profile: display, transport }] : []
  })
  const ports = Map.groupBy(displays, ({ transport }) => portKey(transport.path))
  return [...[...ports.values()].flatMap(busRules), ...printerRules(profile.printer, ports)]
}

/** One port is opened once, with one setting; who is meant by a message must be in the message. */
function busRules(bus: SerialDisplay[]): BrokenRule[] {
  const [first, ...others] = bus
  if (!first || others.length === 0) return []
  const broken: BrokenRule[] = []
  for (const { at, profile, transport } of others) {
    const settings = settingsOf(profile)
    if (!isDeepStrictEqual(settings, settingsOf(first.profile))) {
      broken.push({
        path: `${at}.transport.settings`,
        rule: `setelan serialnya berbeda dari ${first.at} di port yang sama, ${transport.path}`,
      })
    }
    if (!isDeepStrictEqual(transport.device, first.transport.device)) {
      broken.push({
        path: `${at}.transport.device`,
        rule: `adaptornya berbeda dari ${first.at} di port yang sama, ${transport.path}`,
      })
    }
  }
  const owners = new Map<string, string>()
  for (const { at, profile, transport } of bus) {
    const address = ledDriver(profile.driver).busAddress(profile.params)
    const owner = address === null ? undefined : owners.get(`${profile.driver} ${address}`)
    if (address === null) {
      broken.push({
        path: `${at}.driver`,
        rule: `${profile.driver} dengan setelan ini tidak punya alamat sendiri, jadi tidak dapat berbagi ${transport.path}`,
      })
    } else if (owner !== undefined) {
      broken.push({ path: `${at}.params`, rule: `alamat ${address} di ${transport.path} sudah dipakai ${owner}` })
    } else owners.set(`${profile.driver} ${address}`, at)
  }
  return broken
}

function printerRules(printer: PrinterProfile | null, displays: ReadonlyMap<string, SerialDisplay[]>): BrokenRule[] {
  if (!printer || !('path' in printer.transport)) return []
  const { path } = printer.transport
  const owner = displays.get(portKey(path))?.[0]
  return owner ? [{ path: 'printer.transport.path', rule: `${path} sudah dipakai ${owner.at}` }] : []
}

function settingsOf({ driver, transport }: LedProfile) {
  return (transport.kind === 'serial' && transport.settings) || ledDriver(driver).serial
}

/** What a display is set to until the technician says otherwise: the newest port that nothing hangs on yet. */
import type { DriverView } from '#contract/methods/devices.ts'
import { type DisplayDraft, markOf, type ProfileDraft, type SerialSettings } from '#renderer/devices/profile-draft.ts'
import type { SeenPort } from '#renderer/devices/use-device-list.ts'

/** The display that most counters have. */
const FIRST_DRIVER = 'cd5220'

export function newDisplay(
  drivers: readonly DriverView[],
  ports: readonly SeenPort[],
  draft: ProfileDraft,
): DisplayDraft {
  const driver = drivers.find(({ id }) => id === FIRST_DRIVER) ?? drivers[0]
  const free = ports.filter(({ path, seen }) => seen !== 'gone' && usersOf(draft, path).length === 0)
  const port = free.find(({ seen }) => seen === 'fresh') ?? free[0]
  return {
    id: crypto.randomUUID(),
    driver: driver?.id ?? FIRST_DRIVER,
    params: {},
    paramsBefore: {},
    transport: port ? { kind: 'serial', path: port.path, device: markOf(port) } : { kind: 'serial', path: '' },
  }
}

export type PortUser = { kind: 'display'; index: number } | { kind: 'printer' }

/** What the draft has on a port. */
export function usersOf(draft: ProfileDraft, path: string): PortUser[] {
  const displays = draft.displays.flatMap(({ transport }, index): PortUser[] =>
    transport.kind === 'serial' && transport.path === path ? [{ kind: 'display', index }] : [],
  )
  const { transport } = draft.printer
  return transport?.kind === 'serial' && transport.path === path ? [...displays, { kind: 'printer' }] : displays
}

/** How a display talks on its line: as set, else as its kind leaves the factory. */
export function settingsOf(display: DisplayDraft, drivers: readonly DriverView[]): SerialSettings | undefined {
  const factory = drivers.find(({ id }) => id === display.driver)?.serial
  return (display.transport.kind === 'serial' ? display.transport.settings : undefined) ?? factory
}

/** Displays on one line must talk alike: what another one on this port is set to, where that differs from the factory. */
export function settingsFromNeighbour(
  display: DisplayDraft,
  path: string,
  draft: ProfileDraft,
  drivers: readonly DriverView[],
): SerialSettings | undefined {
  const neighbour = draft.displays.find(
    ({ id, transport }) => id !== display.id && transport.kind === 'serial' && transport.path === path,
  )
  const theirs = neighbour && settingsOf(neighbour, drivers)
  const factory = drivers.find(({ id }) => id === display.driver)?.serial
  return theirs && JSON.stringify(theirs) !== JSON.stringify(factory) ? theirs : undefined
}

/**
 * Every screen of the window. The first row that answers with an element is shown, so order is precedence. A new screen is
 * a row here and its states in tests/renderer/screens/, from which the tests of accessibility, language and looks take them.
 */
import type { ReactNode } from 'react'
import type { ShellInfo } from '#contract/messages.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { Devices, DevicesOnly, onlySetsUp } from '#renderer/app/devices-door.tsx'
import { Bar } from '#renderer/bar/bar.tsx'
import { LockScreen } from '#renderer/counter/lock-screen.tsx'
import { Desk } from '#renderer/desk/desk.tsx'
import { FrontDesk } from '#renderer/front-desk/front-desk.tsx'
import { HostFailed } from '#renderer/host/host-failed.tsx'
import { Starting } from '#renderer/host/starting.tsx'
import { Login } from '#renderer/login/login.tsx'
import { Setup } from '#renderer/setup/setup.tsx'

export type Moment = {
  /** Which window of the desk this is. */
  view: 'desk' | 'bar'
  shell: ShellInfo | null
  snapshot: DeskSnapshot | null
  /** Somebody who may set devices up went to them; this leads back to the work. */
  leaveDevices: (() => void) | null
  placeName: string | null
}

export const ROUTES = {
  bar: ({ view }) => view === 'bar' && <Bar />,
  hostFailed: ({ shell }) =>
    shell?.host.state === 'failed' && <HostFailed key={shell.host.attempt} failure={shell.host} />,
  starting: ({ shell, snapshot }) => !snapshot && <Starting status={shell?.host ?? null} />,
  setUp: ({ snapshot }) => snapshot?.device === null && <Setup />,
  signIn: ({ snapshot }) => snapshot?.officer === null && <Login snapshot={snapshot} />,
  locked: ({ snapshot }) =>
    snapshot?.officer &&
    snapshot.locked && <LockScreen snapshot={snapshot} officer={snapshot.officer} locked={snapshot.locked} />,
  devicesOnly: ({ snapshot, placeName }) =>
    snapshot?.officer && onlySetsUp(snapshot.officer) && <DevicesOnly placeName={placeName} />,
  devices: ({ leaveDevices, placeName }) =>
    leaveDevices && <Devices placeName={placeName} way={{ kind: 'back', to: 'desk', go: leaveDevices }} />,
  frontDesk: ({ snapshot }) =>
    snapshot?.device?.role.kind === 'front_desk' && <FrontDesk key={snapshot.officer?.id} snapshot={snapshot} />,
  desk: ({ snapshot }) => snapshot && <Desk key={snapshot.officer?.id} snapshot={snapshot} />,
} satisfies Record<string, (moment: Moment) => ReactNode>

export type RouteName = keyof typeof ROUTES

/** They fill the window; every other screen stands in the frame with what surrounds it. */
const WITHOUT_FRAME: readonly RouteName[] = ['bar', 'hostFailed', 'starting']

export type Route = { name: RouteName; screen: ReactNode; framed: boolean }

export function routeOf(moment: Moment): Route {
  for (const name of Object.keys(ROUTES) as RouteName[]) {
    const screen = ROUTES[name](moment)
    if (screen) return { name, screen, framed: !WITHOUT_FRAME.includes(name) }
  }
  // Unreachable: without a snapshot it is starting, with one it is at least the desk.
  throw new Error('no screen for this moment')
}

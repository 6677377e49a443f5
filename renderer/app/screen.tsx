/** Which screen this moment needs, told by the shell and the snapshot alone. */
import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { Devices, DevicesDoor, maySetUp, onlySetsUp } from '#renderer/app/devices-door.tsx'
import { LaptopBar } from '#renderer/app/laptop-bar.tsx'
import classes from '#renderer/app/screen.module.css'
import { LockScreen } from '#renderer/counter/lock-screen.tsx'
import { SessionActs } from '#renderer/counter/session-acts.tsx'
import { useTouch } from '#renderer/counter/use-touch.ts'
import { Desk } from '#renderer/desk/desk.tsx'
import { FrontDesk } from '#renderer/front-desk/front-desk.tsx'
import { HostFailed } from '#renderer/host/host-failed.tsx'
import { HostLine } from '#renderer/host/host-line.tsx'
import { Starting } from '#renderer/host/starting.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { Login } from '#renderer/login/login.tsx'
import { DevicePanel } from '#renderer/panel/device-panel.tsx'
import { Setup } from '#renderer/setup/setup.tsx'
import { useShell, useSnapshot } from '#renderer/state/context.tsx'
import { useCommand } from '#renderer/state/use-command.ts'
import { FailureNotice } from '#renderer/ui/failure-notice.tsx'
import { Voice } from '#renderer/voice/voice.tsx'

export function Screen() {
  const shell = useShell()
  const snapshot = useSnapshot()
  const [panelOpen, setPanelOpen] = useLocalStorage({
    key: 'loket.panel',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  useTitle(snapshot)

  if (shell?.host.state === 'failed') return <HostFailed key={shell.host.attempt} failure={shell.host} />
  if (!snapshot) return <Starting status={shell?.host ?? null} />
  const laptop = shell?.laptop ?? null
  return (
    <div className={classes.frame}>
      {laptop && (
        <LaptopBar laptop={laptop} panelOpen={panelOpen} onTogglePanel={() => setPanelOpen((open) => !open)} />
      )}
      <div className={classes.body}>
        <div className={classes.screen}>
          {shell && shell.host.state !== 'running' && <HostLine />}
          <Feature snapshot={snapshot} />
          {snapshot.voice.state !== 'absent' && <Voice />}
        </div>
        {laptop && panelOpen && <DevicePanel />}
      </div>
    </div>
  )
}

function Feature({ snapshot }: { snapshot: DeskSnapshot }) {
  const { device, officer, locked } = snapshot
  useTouch(officer !== null && locked === null)
  if (!device) return <Setup />
  if (!officer) return <Login snapshot={snapshot} />
  if (locked) return <LockScreen snapshot={snapshot} officer={officer} locked={locked} />
  return (
    <SessionActs key={officer.id} officerId={officer.id}>
      {onlySetsUp(officer) ? <DevicesOnly snapshot={snapshot} /> : <Work snapshot={snapshot} officer={officer} />}
    </SessionActs>
  )
}

/** The desk, and over it the devices screen for those who may set devices up. */
function Work({ snapshot, officer }: { snapshot: DeskSnapshot; officer: NonNullable<DeskSnapshot['officer']> }) {
  const [atDevices, setAtDevices] = useState(false)
  const placeName = usePlaceName(snapshot)
  const mayGo = maySetUp(officer)
  if (atDevices && mayGo) {
    return <Devices placeName={placeName} way={{ kind: 'back', to: 'desk', go: () => setAtDevices(false) }} />
  }
  return (
    <DevicesDoor value={mayGo ? () => setAtDevices(true) : null}>
      {snapshot.device?.role.kind === 'front_desk' ? <FrontDesk snapshot={snapshot} /> : <Desk snapshot={snapshot} />}
    </DevicesDoor>
  )
}

function DevicesOnly({ snapshot }: { snapshot: DeskSnapshot }) {
  const session = useCommand()
  const placeName = usePlaceName(snapshot)
  return (
    <>
      {session.failure && <FailureNotice failure={session.failure} />}
      <Devices placeName={placeName} way={{ kind: 'signOut', go: () => void session.run('session.signOut', {}) }} />
    </>
  )
}

function usePlaceName({ place, device }: DeskSnapshot): string | null {
  const text = useText()
  if (!place) return device && ''
  return device?.role.kind === 'counter' ? text('place.counter', { name: place.name }) : place.name
}

/** The title tells the windows of one laptop apart. */
function useTitle(snapshot: DeskSnapshot | null) {
  const text = useText()
  const place = snapshot?.place
  const name =
    place && (snapshot.device?.role.kind === 'counter' ? text('place.counter', { name: place.name }) : place.name)
  useEffect(() => {
    document.title = name ? `${name} · ${text('app.name')}` : text('app.name')
  })
}

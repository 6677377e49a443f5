/** The window: the screen that this moment needs, and what stands around it. */
import { useLocalStorage } from '@mantine/hooks'
import { useEffect, useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { DevicesDoor, maySetUp } from '#renderer/app/devices-door.tsx'
import { LaptopBar } from '#renderer/app/laptop-bar.tsx'
import { routeOf } from '#renderer/app/routes.tsx'
import classes from '#renderer/app/screen.module.css'
import { SessionActs } from '#renderer/counter/session-acts.tsx'
import { useTouch } from '#renderer/counter/use-touch.ts'
import { NoteDrafts } from '#renderer/desk/note-drafts.tsx'
import { HostLine } from '#renderer/host/host-line.tsx'
import { useText } from '#renderer/i18n/text.tsx'
import { DevicePanel } from '#renderer/panel/device-panel.tsx'
import { useShell, useSnapshot } from '#renderer/state/context.tsx'
import { view } from '#renderer/transport/client.ts'
import { Voice } from '#renderer/voice/voice.tsx'

export function Screen() {
  const text = useText()
  const shell = useShell()
  const snapshot = useSnapshot()
  const [panelOpen, setPanelOpen] = useLocalStorage({
    key: 'loket.panel',
    defaultValue: true,
    getInitialValueInEffect: false,
  })
  const officer = snapshot?.officer ?? null
  const { enter, leave } = useDevicesVisit(officer)
  const shownView = view(window.location)
  const placeName = usePlaceName(snapshot)
  useTitle(shownView === 'bar' ? text('bar.title') : placeName)
  const isAttended = officer !== null && snapshot?.locked === null
  useTouch(isAttended)
  const { name, screen, framed } = routeOf({ view: shownView, shell, snapshot, leaveDevices: leave, placeName })
  useEffect(() => {
    document.documentElement.dataset.screen = name
  }, [name])

  if (!snapshot || !framed) return screen
  const laptop = shell?.laptop ?? null
  return (
    <div className={classes.frame}>
      {laptop && (
        <LaptopBar laptop={laptop} panelOpen={panelOpen} onTogglePanel={() => setPanelOpen((open) => !open)} />
      )}
      <div className={classes.body}>
        <div className={classes.screen}>
          {shell && shell.host.state !== 'running' && <HostLine />}
          <DevicesDoor value={enter}>
            <NoteDrafts key={officer?.id}>
              {isAttended ? <SessionActs officerId={officer.id}>{screen}</SessionActs> : screen}
            </NoteDrafts>
          </DevicesDoor>
          {snapshot.voice.state !== 'absent' && <Voice />}
        </div>
        {laptop && panelOpen && <DevicePanel />}
      </div>
    </div>
  )
}

/** The way to the devices screen and back, for those who may set devices up; a visit ends with the officer's session. */
function useDevicesVisit(officer: DeskSnapshot['officer']) {
  const [visitor, setVisitor] = useState<string | null>(null)
  const officerId = officer?.id ?? null
  // biome-ignore lint/correctness/useExhaustiveDependencies: another officer is what ends the visit
  useEffect(() => () => setVisitor(null), [officerId])
  if (!officer || !maySetUp(officer)) return { enter: null, leave: null }
  const there = visitor === officer.id
  return { enter: () => setVisitor(officer.id), leave: there ? () => setVisitor(null) : null }
}

/** Tells the windows of one laptop apart. */
function useTitle(name: string | null) {
  const text = useText()
  useEffect(() => {
    document.title = name ? `${name} · ${text('app.name')}` : text('app.name')
  })
}

/** What this PC is called on the screen. */
function usePlaceName(snapshot: DeskSnapshot | null): string | null {
  const text = useText()
  const place = snapshot?.place
  const name =
    place && (snapshot.device?.role.kind === 'counter' ? text('place.counter', { name: place.name }) : place.name)
  return name ?? (snapshot?.device ? '' : null)
}

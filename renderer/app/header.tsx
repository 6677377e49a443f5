/** Where this is, who sits here, and the truth about the line and the devices. */
import { Menu } from '@mantine/core'
import { useRef, useState } from 'react'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { useDevicesDoor } from '#renderer/app/devices-door.tsx'
import classes from '#renderer/app/header.module.css'
import { Preferences } from '#renderer/app/preferences.tsx'
import { ConnectionBadge, DeviceBadge } from '#renderer/app/status-badges.tsx'
import { useShowBar } from '#renderer/bar/use-views.ts'
import { CHANGE_KEY, LOCK_KEY, useSessionActs } from '#renderer/counter/session-acts.tsx'
import { useMallTime } from '#renderer/i18n/format.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { ShortcutDialog } from '#renderer/shortcuts/shortcut-dialog.tsx'
import { useClock, useShortcutSettings } from '#renderer/state/context.tsx'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'
import menu from '#renderer/ui/menu.module.css'
import { useIsOnTop } from '#renderer/ui/open-dialogs.ts'
import { useReportMenu } from '#renderer/ui/open-menus.ts'

type HeaderProps = { snapshot: DeskSnapshot; onSignOut: () => void }

export function Header({ snapshot, onSignOut }: HeaderProps) {
  const text = useText()
  const { place, device, officer } = snapshot
  const openDevices = useDevicesDoor()
  const showBar = useShowBar()
  const name = device?.role.kind === 'counter' && place ? text('place.counter', { name: place.name }) : place?.name
  return (
    <header className={classes.header}>
      <div className={classes.bar}>
        <div className={classes.place}>
          <h1 className={classes.name} title={name}>
            {name}
          </h1>
          {place?.agencyName && (
            <p className={classes.agency} title={place.agencyName}>
              {place.agencyName}
            </p>
          )}
        </div>
        <div className={classes.badges}>
          <ConnectionBadge connection={snapshot.connection} />
          <DeviceBadge kind="led" device={snapshot.led} />
          <DeviceBadge kind="printer" device={snapshot.printer} />
          <DeviceBadge kind="voice" device={snapshot.voice} />
        </div>
        <div className={classes.tools}>
          <MallClock />
          {openDevices && (
            <Button look="quiet" size="small" icon="tools" onClick={openDevices}>
              {text('devices.title')}
            </Button>
          )}
          {device?.role.kind === 'counter' && (
            <Button look="quiet" size="small" icon="compact" onClick={showBar}>
              {text('bar.title')}
            </Button>
          )}
          <Preferences />
          {officer && <OfficerMenu name={officer.name} snapshot={snapshot} onSignOut={onSignOut} />}
        </div>
      </div>
    </header>
  )
}

function MallClock() {
  const { time, zoneName } = useMallTime()
  const now = useClock(time)
  return (
    <span className={classes.clock}>
      {now} {zoneName}
    </span>
  )
}

type OfficerActProps = {
  name: 'officer.lock' | 'officer.change' | 'officer.signOut' | 'shortcuts.title'
  shortcut?: string
  onClick: () => void
}

function OfficerAct({ name, shortcut, onClick }: OfficerActProps) {
  const text = useText()
  return (
    <Menu.Item
      className={menu.item}
      rightSection={shortcut && <kbd className={menu.key}>{shortcut}</kbd>}
      onClick={onClick}
    >
      {text(name)}
    </Menu.Item>
  )
}

type OfficerMenuProps = { name: string; snapshot: DeskSnapshot; onSignOut: () => void }

function OfficerMenu({ name, snapshot, onSignOut }: OfficerMenuProps) {
  const text = useText()
  const { lock, changeOfficer } = useSessionActs()
  const current = snapshot.current?.label
  const held = snapshot.waiting.filter(({ mine }) => mine).length
  const settings = useShortcutSettings()
  // A front desk has none of these acts.
  const shortcuts = snapshot.device?.role.kind === 'counter' ? settings : null
  const [isOpen, setOpen] = useState(false)
  useReportMenu(isOpen)
  const isOnTop = useIsOnTop()
  const [atShortcuts, setAtShortcuts] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  // The item of the menu that opened it is gone.
  const leaveShortcuts = () => {
    setAtShortcuts(false)
    button.current?.focus()
  }
  return (
    <>
      <Menu opened={isOpen} onChange={setOpen} position="bottom-end" shadow="md" width={340} returnFocus={isOnTop}>
        <Menu.Target>
          <button ref={button} type="button" className={classes.officer} title={name}>
            <Icon name="person" />
            <span className={classes.officerName}>{name}</span>
            <Icon name="chevronDown" size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <OfficerAct name="officer.lock" shortcut={LOCK_KEY} onClick={lock} />
          <OfficerAct name="officer.change" shortcut={CHANGE_KEY} onClick={changeOfficer} />
          {shortcuts && <OfficerAct name="shortcuts.title" onClick={() => setAtShortcuts(true)} />}
          <Menu.Divider />
          {current ? (
            <Menu.Label>{text('officer.finishFirst', { label: current })}</Menu.Label>
          ) : (
            <>
              {/* The hand stays with the counter: right for a change of officer, wrong for going home. */}
              {snapshot.open && <Menu.Label>{text('officer.staysOpen', { count: held })}</Menu.Label>}
              <OfficerAct name="officer.signOut" onClick={onSignOut} />
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {shortcuts && <ShortcutDialog open={atShortcuts} shortcuts={shortcuts} onClose={leaveShortcuts} />}
    </>
  )
}

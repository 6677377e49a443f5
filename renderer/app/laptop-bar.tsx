/** The mall in one laptop: its other screens, spare counters and the device panel. A real workstation has no such bar. */
import { Menu } from '@mantine/core'
import { useState } from 'react'
import type { ShellInfo } from '#contract/messages.ts'
import classes from '#renderer/app/laptop-bar.module.css'
import { useExplain } from '#renderer/i18n/explain.ts'
import { useText } from '#renderer/i18n/text.tsx'
import { useClient } from '#renderer/state/context.tsx'
import { screenId } from '#renderer/transport/client.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Icon } from '#renderer/ui/icons.tsx'

type Laptop = NonNullable<ShellInfo['laptop']>

type LaptopBarProps = { laptop: Laptop; panelOpen: boolean; onTogglePanel: () => void }

export function LaptopBar({ laptop, panelOpen, onTogglePanel }: LaptopBarProps) {
  const text = useText()
  const { open, failureCode } = useOpenScreen()
  const explain = useExplain()
  const here = screenId(window.location)
  return (
    <nav className={classes.bar} aria-label={text('laptop.title')}>
      <span className={classes.title}>{text('laptop.title')}</span>
      {laptop.screens.map((screen) =>
        screen.id === here ? (
          <span key={screen.id} className={classes.here} aria-current="page">
            {screen.title}
          </span>
        ) : (
          <Button key={screen.id} look="quiet" size="small" onClick={() => open(screen.id)}>
            {screen.title}
          </Button>
        ),
      )}
      {laptop.spareCounters.length > 0 && <SpareCounters counters={laptop.spareCounters} onOpen={open} />}
      {failureCode && <span role="alert">{explain(failureCode).happened}</span>}
      <span className={classes.space} />
      <Button look="quiet" size="small" icon="display" aria-pressed={panelOpen} onClick={onTogglePanel}>
        {text('laptop.panel')}
      </Button>
    </nav>
  )
}

function SpareCounters({ counters, onOpen }: { counters: Laptop['spareCounters']; onOpen: (id: string) => void }) {
  const text = useText()
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <button type="button" className={classes.more}>
          {text('laptop.openCounter')}
          <Icon name="chevronDown" size={16} />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah="60vh" style={{ overflowY: 'auto' }}>
        {counters.map((counter) => (
          <Menu.Item key={counter.id} onClick={() => onOpen(counter.id)}>
            {counter.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function useOpenScreen() {
  const client = useClient()
  const [failureCode, setFailureCode] = useState<string | null>(null)
  const open = async (screenId: string) => {
    setFailureCode(null)
    const result = await client.invoke('shell.openScreen', { screenId })
    if (!result.ok) setFailureCode(result.code)
    // Electron opened a window itself; the gateway names the page for a new tab.
    else if (result.data.path) window.open(result.data.path, '_blank', 'noopener')
  }
  return { open, failureCode }
}

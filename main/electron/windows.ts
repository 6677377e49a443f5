/** At most one pair of windows per screen; asking for a screen that has one brings it to the front. */
import { globalShortcut } from 'electron'
import { openBarFile } from '#main/electron/bar-file.ts'
import { createIpc } from '#main/electron/ipc.ts'
import { openScreenWindows, type ScreenWindows } from '#main/electron/screen-windows.ts'
import { createShellShortcuts } from '#main/electron/shortcuts.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { OpenScreen, ShellScreen } from '#main/shell/shell-screen.ts'
import { openTouchLine } from '#main/shell/touch-line.ts'

export type Windows = {
  show(screen: ShellScreen): void
  /** Somebody uses this PC: no desk that is open on it locks itself for a while. */
  touch(): void
}

export function createWindows(options: {
  preload: string
  devTools: boolean
  /** What the bar remembers. */
  barFile: string
  openScreen: OpenScreen
  onShown(): void
  log: ShellLog
}): Windows {
  const { preload, devTools, onShown, log } = options
  const windows = new Map<string, ScreenWindows>()
  const touches = new Map<string, () => void>()
  const ipc = createIpc(options.openScreen, log)
  const file = openBarFile(options.barFile, log)
  const shortcuts = createShellShortcuts({ file, registrar: globalShortcut, now: () => performance.now() })

  return {
    show(screen) {
      const known = windows.get(screen.id)
      if (known) return known.focus()
      const line = openTouchLine(screen.host)
      touches.set(screen.id, line.touch)
      const onClosed = () => {
        windows.delete(screen.id)
        touches.delete(screen.id)
        line.close()
      }
      const opened = openScreenWindows({ screen, preload, devTools, ipc, file, shortcuts, onShown, onClosed, log })
      windows.set(screen.id, opened)
    },
    touch() {
      for (const touch of touches.values()) touch()
    },
  }
}

/** At most one window per screen; asking for a screen that has one brings it to the front. */
import type { BrowserWindow } from 'electron'
import { createIpc } from '#main/electron/ipc.ts'
import { pageUrl } from '#main/electron/origin.ts'
import { createScreenWindow } from '#main/electron/window.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { OpenScreen, ShellScreen } from '#main/shell/shell-screen.ts'

export type Windows = { show(screen: ShellScreen): void }

export function createWindows(options: {
  preload: string
  devTools: boolean
  openScreen: OpenScreen
  onShown(): void
  log: ShellLog
}): Windows {
  const { preload, devTools, log } = options
  const windows = new Map<string, BrowserWindow>()
  const ipc = createIpc(options.openScreen, log)

  function open(screen: ShellScreen): void {
    const window = createScreenWindow({ screen, preload, devTools, log })
    windows.set(screen.id, window)
    window.once('closed', () => windows.delete(screen.id))
    ipc.serve(window, screen)
    window.once('show', options.onShown)
    window.loadURL(pageUrl(screen.id)).catch((error: unknown) => log.error({ err: error }, 'page did not load'))
  }

  return {
    show(screen) {
      const known = windows.get(screen.id)
      if (!known) {
        open(screen)
        return
      }
      if (known.isMinimized()) known.restore()
      known.focus()
    },
  }
}

/** The windows of one screen: the full desk, and the compact bar that takes its place. Exactly one of them is shown. */
import type { BrowserWindow } from 'electron'
import type { PressedAct } from '#contract/shortcuts.ts'
import type { BarFile } from '#main/electron/bar-file.ts'
import { type BarWindow, createBarWindow } from '#main/electron/bar-window.ts'
import type { Ipc } from '#main/electron/ipc.ts'
import { pageUrl } from '#main/electron/origin.ts'
import type { KeyTarget, ShellShortcuts } from '#main/electron/shortcuts.ts'
import { createScreenWindow } from '#main/electron/window.ts'
import type { ScreenViews, View } from '#main/shell/screen-views.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { ShellScreen } from '#main/shell/shell-screen.ts'
import { createSignal } from '#main/shell/signal.ts'

export type ScreenWindowsOptions = {
  screen: ShellScreen
  preload: string
  devTools: boolean
  ipc: Ipc
  file: BarFile
  shortcuts: ShellShortcuts
  onShown(): void
  onClosed(): void
  log: ShellLog
}

export type ScreenWindows = {
  /** Brings whichever of the two is shown to the front. */
  focus(): void
}

export function openScreenWindows(options: ScreenWindowsOptions): ScreenWindows {
  const { screen, preload, devTools, ipc, file, shortcuts, log } = options
  const desk = createScreenWindow({ screen, preload, devTools, log })
  let bar: BarWindow | null = null

  const deskTarget = target('desk', () => desk)
  const barTarget = target('bar', () => bar?.window)
  const deskTask = createSignal<PressedAct>()
  const views: ScreenViews = {
    showBar() {
      if (bar) bar.window.show()
      else openBar()
      return { path: null }
    },
    showDesk(act) {
      desk.show()
      desk.focus()
      bar?.window.hide()
      if (act) deskTask.send(act)
      return { path: null }
    },
    fitBar: (height) => bar?.fit(height),
    setShortcuts: shortcuts.set,
    shortcuts: shortcuts.state,
    presses: { desk: deskTarget.presses, bar: barTarget.presses },
    deskTask,
  }

  function target(view: View, window: () => BrowserWindow | undefined): KeyTarget {
    const presses = createSignal<PressedAct>()
    presses.heard.watch(shortcuts.refresh)
    return { view, presses, isShown: () => isVisible(window()) }
  }

  function follow(window: BrowserWindow, own: KeyTarget): void {
    window.on('show', () => shortcuts.prefer(own))
    window.on('focus', () => shortcuts.prefer(own))
    window.on('hide', shortcuts.refresh)
    window.once('closed', () => shortcuts.forget(own))
  }

  function openBar(): void {
    bar = createBarWindow({ title: screen.title, screenId: screen.id, preload, devTools, file, log })
    const { window } = bar
    // Not before: there is always something of Loket to be seen.
    window.on('show', () => desk.hide())
    window.once('closed', () => {
      bar = null
      // However it was closed, nobody is left with a program that cannot be seen.
      if (!desk.isDestroyed()) desk.show()
    })
    follow(window, barTarget)
    load(window, 'bar')
  }

  function load(window: BrowserWindow, view: View): void {
    ipc.serve(window, screen, views)
    window
      .loadURL(pageUrl(screen.id, view))
      .catch((error: unknown) => log.error({ err: error, view }, 'page did not load'))
  }

  follow(desk, deskTarget)
  desk.once('show', options.onShown)
  desk.once('closed', () => {
    bar?.window.destroy()
    options.onClosed()
  })
  load(desk, 'desk')

  return {
    focus() {
      const shown = bar?.window.isVisible() ? bar.window : desk
      if (shown.isMinimized()) shown.restore()
      shown.show()
      shown.focus()
    },
  }
}

function isVisible(window: BrowserWindow | undefined): boolean {
  return window !== undefined && !window.isDestroyed() && window.isVisible()
}

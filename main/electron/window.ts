/** A screen's window. */
import { BrowserWindow, dialog, type WebPreferences } from 'electron'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { ShellScreen } from '#main/shell/shell-screen.ts'

export type WindowOptions = {
  screen: ShellScreen
  preload: string
  /** Only in development. */
  devTools: boolean
  log: ShellLog
}

const SHOW_AT_LATEST_MS = 2_000
/** A page that dies again this soon after its reload would only die again. */
const SECOND_CRASH_WITHIN_MS = 60_000

export function createScreenWindow({ screen, preload, devTools, log }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title: screen.title,
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    webPreferences: pagePreferences(preload, devTools),
  })
  showWhenPainted(window)
  // The window is named after its place, not after the page.
  window.on('page-title-updated', (event) => event.preventDefault())
  reloadAfterCrash(window, log)
  return window
}

/** What a page of ours may do, whichever window it is in. */
export function pagePreferences(preload: string, devTools: boolean): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    devTools,
    // The stopwatch and the waiting times run on while another window is in front.
    backgroundThrottling: false,
    // Calls are spoken before anybody has touched the screen.
    autoplayPolicy: 'no-user-gesture-required',
  }
}

/** The first paint is never told when the graphics process dies meanwhile; a late window is better than none. */
export function showWhenPainted(window: BrowserWindow): void {
  const timer = setTimeout(() => window.show(), SHOW_AT_LATEST_MS)
  window.once('ready-to-show', () => window.show())
  window.once('show', () => clearTimeout(timer))
  window.once('closed', () => clearTimeout(timer))
}

export function reloadAfterCrash(window: BrowserWindow, log: ShellLog): void {
  let lastCrash = Number.NEGATIVE_INFINITY
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    log.error({ reason, exitCode }, 'page crashed')
    const again = performance.now() - lastCrash < SECOND_CRASH_WITHIN_MS
    lastCrash = performance.now()
    if (again) askToReload(window, log)
    else window.webContents.reload()
  })
}

function askToReload(window: BrowserWindow, log: ShellLog): void {
  dialog
    .showMessageBox(window, {
      type: 'error',
      title: 'Loket',
      message: 'Tampilan berhenti dua kali. Antrean tidak terpengaruh.',
      detail: 'Muat ulang tampilan. Jika terulang, panggil teknisi. Kode: RENDERER_CRASHED',
      buttons: ['Muat ulang'],
    })
    .then(() => {
      if (!window.isDestroyed()) window.webContents.reload()
    })
    .catch((error: unknown) => log.error({ err: error }, 'message box failed'))
}

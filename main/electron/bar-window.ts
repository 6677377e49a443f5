/** The compact bar's window: above all others, on a display that is there, and back where it was. */
import { BrowserWindow, screen as displays } from 'electron'
import type { BarFile } from '#main/electron/bar-file.ts'
import { BAR, type BarPlace, type Display, isSamePlace, placeOf, placeOn } from '#main/electron/bar-place.ts'
import { pagePreferences, reloadAfterCrash, showWhenPainted } from '#main/electron/window.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'

type BarWindowOptions = {
  title: string
  screenId: string
  preload: string
  devTools: boolean
  file: Pick<BarFile, 'place' | 'setPlace'>
  log: ShellLog
}

export type BarWindow = { window: BrowserWindow; fit(height: number): void }

/** Shown by itself when it is painted. */
export function createBarWindow({ title, screenId, preload, devTools, file, log }: BarWindowOptions): BarWindow {
  let place: BarPlace | null = file.place(screenId)
  let height: number = BAR.height
  let put = placeOn(displaysNow(), place, height)
  const window = new BrowserWindow({
    title,
    ...put,
    minWidth: BAR.minWidth,
    maxWidth: BAR.maxWidth,
    minHeight: height,
    maxHeight: height,
    frame: false,
    maximizable: false,
    minimizable: false,
    fullscreenable: false,
    show: false,
    webPreferences: pagePreferences(preload, devTools),
  })
  // Above a program that fills the display, too.
  window.setAlwaysOnTop(true, 'screen-saver')
  window.on('page-title-updated', (event) => event.preventDefault())
  reloadAfterCrash(window, log)
  showWhenPainted(window)

  function putBack(): void {
    put = placeOn(displaysNow(), place, height)
    window.setMinimumSize(BAR.minWidth, height)
    window.setMaximumSize(BAR.maxWidth, height)
    window.setBounds(put)
  }

  /** What the shell did itself is not where somebody wants it. */
  function remember(): void {
    const bounds = window.getBounds()
    if (isSamePlace(bounds, put)) return
    put = bounds
    place = placeOf(bounds, displays.getDisplayMatching(bounds))
    file.setPlace(screenId, place)
  }

  // While it is dragged they come many times a second.
  const rememberSoon = afterQuiet(300, remember)
  window.on('move', rememberSoon.begin)
  window.on('resize', rememberSoon.begin)
  window.on('hide', rememberSoon.now)
  window.on('close', rememberSoon.now)
  displays.on('display-removed', putBack)
  displays.on('display-metrics-changed', putBack)
  window.once('closed', () => {
    rememberSoon.cancel()
    displays.off('display-removed', putBack)
    displays.off('display-metrics-changed', putBack)
  })
  return {
    window,
    fit(wanted) {
      rememberSoon.now()
      height = Math.max(BAR.height, wanted)
      putBack()
    },
  }
}

function displaysNow(): [Display, ...Display[]] {
  const primary = displays.getPrimaryDisplay()
  return [primary, ...displays.getAllDisplays().filter(({ id }) => id !== primary.id)]
}

function afterQuiet(ms: number, run: () => void): { begin(): void; now(): void; cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined
  return {
    begin() {
      clearTimeout(timer)
      timer = setTimeout(run, ms)
    },
    now() {
      clearTimeout(timer)
      run()
    },
    cancel: () => clearTimeout(timer),
  }
}

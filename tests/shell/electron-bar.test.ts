/** The compact bar in the real Electron: above all, in its place, with the system's keys, and never the last thing left. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { launchEchoApp, startDisplay } from '#tests/shell/fakes/electron-app.ts'
import { openKeyboard } from '#tests/shell/fakes/keyboard.ts'
import { hasPeers } from '#tests/support/peers.ts'

const isHere = hasPeers('electron', 'xvfb')
const hasKeyboard = hasPeers('xtest')

/** Evaluated in the page; the shapes of the browser are not those of this file. */
const ask = (page: Page, script: string) => page.evaluate(`(async () => { ${script} })()`)

async function open({ display, folder }: { display?: string; folder?: string } = {}) {
  const name = display ?? (await startDisplay())
  const started = await launchEchoApp(name, {}, folder)
  const desk = await started.app.firstWindow()
  await desk.waitForSelector('p', { state: 'attached' })
  const barFile = join(started.dataDir, 'bar.json')
  return { ...started, display: name, desk, barFile, remembered: () => JSON.parse(readFileSync(barFile, 'utf8')) }
}

async function showBar(app: ElectronApplication, desk: Page): Promise<Page> {
  const opened = app.waitForEvent('window')
  expect(await ask(desk, `return window.loket.invoke('shell.showBar', {})`)).toEqual({ ok: true, data: { path: null } })
  const bar = await opened
  await bar.waitForSelector('p', { state: 'attached' })
  await shown(app, 'bar')
  return bar
}

/** Resolves when this view of the two is the one to be seen. */
async function shown(app: ElectronApplication, view: 'desk' | 'bar') {
  const visible = () =>
    app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .filter((window) => window.isVisible())
        .map((window) => (window.webContents.getURL().includes('view=bar') ? 'bar' : 'desk')),
    )
  await expect.poll(visible).toEqual([view])
}

const facts = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => {
    const bar = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('view=bar'))
    if (!bar) throw new Error('no bar')
    const [minWidth, minHeight] = bar.getMinimumSize()
    const [maxWidth, maxHeight] = bar.getMaximumSize()
    const limits = { minWidth, minHeight, maxWidth, maxHeight }
    return { bounds: bar.getBounds(), onTop: bar.isAlwaysOnTop(), focused: bar.isFocused(), ...limits }
  })

const move = (app: ElectronApplication, bounds: { x: number; y: number; width: number }) =>
  app.evaluate(({ BrowserWindow }, to) => {
    const bar = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('view=bar'))
    bar?.setBounds({ ...to, height: 72 })
  }, bounds)

const registered = (app: ElectronApplication) =>
  app.evaluate(({ globalShortcut }) =>
    ['F1', 'F2', 'F3', 'F4', 'F8', 'Ctrl+F2'].filter((key) => globalShortcut.isRegistered(key)),
  )
/** The page keeps what it hears in `heard`. */
const listen = (page: Page, topic: string) =>
  ask(page, `window.heard = []; window.end = window.loket.subscribe('${topic}', (act) => window.heard.push(act))`)
const heard = (page: Page) => page.evaluate('window.heard')

describe.skipIf(!isHere)('the compact bar', () => {
  test('takes the place of the desk, above all others, in the size of a bar and with no more rights than the desk', async () => {
    const { app, desk } = await open()
    const bar = await showBar(app, desk)
    expect(bar.url()).toBe('app://loket/?screen=desk&view=bar')
    expect(await ask(bar, 'return [Object.keys(window.loket).sort(), typeof require, typeof process]')).toEqual([
      ['invoke', 'subscribe'],
      'undefined',
      'undefined',
    ])
    expect(await facts(app)).toMatchObject({
      onTop: true,
      bounds: { x: 383, y: 0, width: 600, height: 72 },
      minWidth: 560,
      maxWidth: 960,
      minHeight: 72,
      maxHeight: 72,
    })
    expect(await ask(bar, 'return [innerWidth, innerHeight]')).toEqual([600, 72])
  })

  test('gives the place back, and the desk does what was pressed on the bar', async () => {
    const { app, desk } = await open()
    await listen(desk, 'deskTask')
    const bar = await showBar(app, desk)
    await ask(bar, `return window.loket.invoke('shell.showDesk', { act: 'complete' })`)
    await shown(app, 'desk')
    await expect.poll(() => heard(desk)).toEqual(['complete'])
    await ask(desk, `return window.loket.invoke('shell.showBar', {})`)
    await shown(app, 'bar')
    await ask(bar, `return window.loket.invoke('shell.showDesk', { act: null })`)
    await shown(app, 'desk')
    expect(await heard(desk)).toEqual(['complete'])
    expect(await ask(bar, `return window.loket.invoke('shell.showDesk', { act: '<b>' })`)).toEqual({
      ok: false,
      code: 'BAD_INPUT',
    })
  })

  test('comes back where somebody put it, after a restart too', async () => {
    const { app, desk, display, folder, remembered } = await open()
    await showBar(app, desk)
    await move(app, { x: 700, y: 600, width: 640 })
    await expect.poll(() => remembered().places.desk).toMatchObject({ x: 700, y: 600, width: 640 })
    await app.close()
    const again = await open({ display, folder })
    await showBar(again.app, again.desk)
    expect((await facts(again.app)).bounds).toEqual({ x: 700, y: 600, width: 640, height: 72 })
  })

  test('comes back on a display that is there when its own is gone', async () => {
    const { app, desk, barFile, display, folder, remembered } = await open()
    await showBar(app, desk)
    await move(app, { x: 700, y: 600, width: 640 })
    await expect.poll(() => remembered().places.desk.x).toBe(700)
    await app.close()
    const { shortcuts, places } = remembered()
    const elsewhere = { ...places.desk, displayId: places.desk.displayId + 1, x: 3_000 }
    writeFileSync(barFile, JSON.stringify({ shortcuts, places: { desk: elsewhere } }))
    const again = await open({ display, folder })
    await showBar(again.app, again.desk)
    expect((await facts(again.app)).bounds).toEqual({ x: 363, y: 0, width: 640, height: 72 })
  })

  test('grows for what it has to say, upwards at the lower edge, and is where it was afterwards', async () => {
    const { app, desk, remembered } = await open()
    const bar = await showBar(app, desk)
    await move(app, { x: 100, y: 690, width: 600 })
    await expect.poll(() => remembered().places.desk.y).toBe(690)
    const need = (height: number) => ask(bar, `return window.loket.invoke('shell.fitBar', { height: ${height} })`)
    await need(130)
    await expect.poll(async () => (await facts(app)).bounds).toEqual({ x: 100, y: 638, width: 600, height: 130 })
    await need(72)
    await expect.poll(async () => (await facts(app)).bounds).toEqual({ x: 100, y: 690, width: 600, height: 72 })
    expect(remembered().places.desk.y).toBe(690)
  })

  test('that is closed leaves the desk, also while it is dragged, and a desk that is closed ends it, too', async () => {
    const { app, desk } = await open()
    const bar = await showBar(app, desk)
    await bar.close()
    await shown(app, 'desk')
    await showBar(app, desk)
    const faults = await app.evaluate(async ({ BrowserWindow }) => {
      const messages: string[] = []
      process.on('uncaughtException', ({ message }) => messages.push(message))
      const bar = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('view=bar'))
      // No event of a window manager: gone at once, as with a crash of its page.
      const moved = new Promise<void>((resolve) => bar?.on('move', () => resolve()))
      bar?.setBounds({ x: 700, y: 600, width: 640, height: 72 })
      await moved
      bar?.destroy()
      await new Promise((resolve) => setTimeout(resolve, 400))
      process.removeAllListeners('uncaughtException')
      return messages
    })
    expect(faults).toEqual([])
    await shown(app, 'desk')
    await showBar(app, desk)
    const ended = app.waitForEvent('close')
    await app.evaluate(({ BrowserWindow }) => {
      const desk = BrowserWindow.getAllWindows().find((window) => !window.webContents.getURL().includes('view=bar'))
      setTimeout(() => desk?.close(), 50)
    })
    await ended
  })

  test('is what a second start brings to the front', async () => {
    const { app, desk, startAgain } = await open()
    await showBar(app, desk)
    // Without a window manager the focus itself does not follow; what was asked for counts.
    await app.evaluate(({ BrowserWindow }) => {
      const bar = BrowserWindow.getAllWindows().find((window) => window.webContents.getURL().includes('view=bar'))
      if (bar) bar.focus = () => bar.setTitle('focused')
    })
    const title = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.getTitle()))
    expect(await startAgain()).toBe(0)
    await expect.poll(async () => (await title()).sort()).toEqual(['Loket', 'focused'])
    await shown(app, 'bar')
  })

  test('goes on after the host was killed', async () => {
    const { app, desk } = await open()
    const bar = await showBar(app, desk)
    await ask(bar, `window.states = []; window.loket.subscribe('shell', ({ host }) => window.states.push(host.state))`)
    const pid = async () => ((await ask(bar, `return window.loket.invoke('test.pid', {})`)) as { data?: number }).data
    const first = await pid()
    if (!first) throw new Error('no host')
    process.kill(first, 'SIGKILL')
    await expect.poll(async () => [undefined, first].includes(await pid())).toBe(false)
    expect(await bar.evaluate('window.states')).toEqual(expect.arrayContaining(['restarting', 'running']))
    await shown(app, 'bar')
  })
})

describe.skipIf(!isHere || !hasKeyboard)('a key of the system', () => {
  test('is Loket’s only while the bar is shown and listens, and then does its act there', async () => {
    const { app, desk, display } = await open()
    const keyboard = openKeyboard(display)
    await listen(desk, 'deskPress')
    const bar = await showBar(app, desk)
    expect(await registered(app)).toEqual([])
    await listen(bar, 'barPress')
    await expect.poll(() => registered(app)).toEqual(['F1', 'F2', 'F3', 'F4', 'F8'])
    keyboard.press('F2')
    await expect.poll(() => heard(bar)).toEqual(['callNext'])
    keyboard.press('F8')
    await expect.poll(() => heard(bar)).toEqual(['callNext', 'noShow'])
    await ask(bar, `return window.loket.invoke('shell.showDesk', { act: null })`)
    await expect.poll(() => registered(app)).toEqual([])
    expect(await heard(desk)).toEqual([])
  })

  test('that another program has is named, and another one can be set that lasts over a restart', async () => {
    const { app, desk, display, folder } = await open()
    const keyboard = openKeyboard(display)
    keyboard.take('F2')
    const bar = await showBar(app, desk)
    await ask(bar, `window.loket.subscribe('shortcuts', (value) => { window.shortcuts = value })`)
    await listen(bar, 'barPress')
    await expect.poll(() => bar.evaluate('window.shortcuts.refused')).toEqual(['callNext'])
    const set = (keys: object) =>
      ask(bar, `return window.loket.invoke('shell.setShortcuts', ${JSON.stringify({ scope: 'bar', keys })})`)
    const keys = { callAgain: 'F1', callNext: 'F5', startServing: 'F3', complete: 'F4', noShow: 'F8' }
    expect(await set({ ...keys, noShow: 'F1' })).toEqual({ ok: false, code: 'BAD_INPUT' })
    expect(await set(keys)).toEqual({ ok: true, data: { refused: [] } })
    keyboard.press('F5')
    await expect.poll(() => heard(bar)).toEqual(['callNext'])
    await app.close()
    const again = await open({ display, folder })
    const next = await showBar(again.app, again.desk)
    await listen(next, 'barPress')
    keyboard.press('F5')
    await expect.poll(() => heard(next)).toEqual(['callNext'])
  })
})

describe.skipIf(!isHere || !hasKeyboard)('work in another program', () => {
  test('is told to the host as a touch, though no page of Loket hears of it', async () => {
    const { app, desk, display } = await open()
    const keyboard = openKeyboard(display)
    await showBar(app, desk)
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.blur()
    })
    const idleSeconds = () => app.evaluate(({ powerMonitor }) => powerMonitor.getSystemIdleTime())
    await expect.poll(idleSeconds).toBeGreaterThan(0)
    const touches = async () =>
      ((await ask(desk, `return window.loket.invoke('test.touches', {})`)) as { data: number }).data
    const before = await touches()
    keyboard.press('a')
    expect(await idleSeconds()).toBe(0)
    await expect.poll(touches, { timeout: 25_000 }).toBeGreaterThan(before)
  })
})

/** What the real Electron shell allows a page, and what it does when things die. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { launchEchoApp, runDevicesCommand, startDisplay } from '#tests/shell/fakes/electron-app.ts'
import { nothingLeft } from '#tests/shell/fakes/launcher.ts'
import { commandOf } from '#tests/shell/fakes/processes.ts'
import { waitFor } from '#tests/support/in-process-host.ts'
import { hasPeers } from '#tests/support/peers.ts'

const isHere = hasPeers('electron', 'xvfb')

async function open(env: Record<string, string> = {}) {
  const { app, dataDir, startAgain } = await launchEchoApp(await startDisplay(), env)
  const page = await app.firstWindow()
  await page.waitForSelector('p', { state: 'attached' })
  return { app, dataDir, page, startAgain, log: () => readFileSync(join(dataDir, 'logs/shell.log'), 'utf8') }
}

/** Evaluated in the page; the shapes of the browser are not those of this file. */
const ask = (page: Page, script: string) => page.evaluate(`(async () => { ${script} })()`)
const hostPid = async (page: Page) =>
  ((await ask(page, `return window.loket.invoke('test.pid', {})`)) as { data: number }).data
const windows = (app: ElectronApplication) => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)

describe.skipIf(!isHere)('a page in the Electron window', () => {
  test('has two functions of the shell, nothing of Node, and a strict policy', async () => {
    const { page } = await open()
    expect(page.url()).toBe('app://loket/?screen=desk')
    expect(await ask(page, 'return Object.keys(window.loket).sort()')).toEqual(['invoke', 'subscribe'])
    expect(await ask(page, 'return [typeof require, typeof process, typeof Buffer, typeof module]')).toEqual(
      Array(4).fill('undefined'),
    )
    const policy = await ask(page, `return (await fetch('/')).headers.get('content-security-policy')`)
    expect(policy).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w+/=]+'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )
    const script = `const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s)`
    expect(await ask(page, `${script}; return window.ran ?? false`)).toBe(false)
  })

  test('reads nothing outside the renderer folder and nothing from the network', async () => {
    const { page } = await open()
    const status = (url: string) => ask(page, `return (await fetch(${JSON.stringify(url)})).status`)
    for (const path of [
      '/secret.js',
      '/../secret.js',
      '/%2e%2e/%2e%2e/secret.js',
      '/..%2f..%2fsecret.js',
      '/..%5csecret.js',
    ]) {
      expect([path, await status(path)]).toEqual([path, 404])
    }
    for (const url of ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/passwd', 'app://other/']) {
      await expect(status(url)).rejects.toThrow('Failed to fetch')
    }
  })

  test('cannot open windows, leave, embed pages or get permissions', async () => {
    const { app, page, log } = await open()
    expect(await ask(page, `return window.open('https://example.com') === null`)).toBe(true)
    await ask(page, `location.href = 'https://example.com/'`)
    await waitFor(() => (log().includes('page wanted to leave') ? true : null), 'the refusal')
    expect(page.url()).toBe('app://loket/?screen=desk')
    expect(await windows(app)).toBe(1)
    expect(await ask(page, `return Notification.requestPermission()`)).toBe('denied')
    await expect(ask(page, `return navigator.mediaDevices.getUserMedia({ audio: true })`)).rejects.toThrow()
    await ask(page, `const f = document.createElement('iframe'); f.src = 'app://loket/'; document.body.append(f)`)
    expect(page.frames().every((frame) => frame === page.mainFrame() || frame.url() !== 'app://loket/')).toBe(true)
  })

  test('may speak before anybody has touched it', async () => {
    const { page } = await open()
    const state =
      'const audio = new AudioContext(); await new Promise((done) => setTimeout(done, 1_000)); return audio.state'
    expect(await ask(page, state)).toBe('running')
  })

  test('hands out a set-up that it holds itself, and nothing else', async () => {
    const { app, page, dataDir, log } = await open()
    const folder = join(dataDir, 'taken')
    // In place of the person who is asked where to put it.
    await app.evaluate(({ session }, folder) => {
      session.defaultSession.on('will-download', (event, item) => {
        if (!event.defaultPrevented) item.setSavePath(`${folder}/${item.getFilename()}`)
      })
    }, folder)
    const click = (href: string, name: string) =>
      ask(
        page,
        `const a = document.createElement('a'); a.href = ${href}; a.download = ${JSON.stringify(name)}; a.click()`,
      )
    const blob = `URL.createObjectURL(new Blob(['{"loket":3}']))`
    await click(blob, 'loket-3.exe')
    await click(`'data:application/json,{}'`, 'loket-3.json')
    await click(`'/index.html'`, 'loket-3.json')
    await waitFor(() => (log().match(/download denied/g)?.length === 3 ? true : null), 'the three refusals')
    await click(blob, 'loket-3.json')
    await waitFor(() => (existsSync(join(folder, 'loket-3.json')) ? true : null), 'the file')
    await expect.poll(() => readFileSync(join(folder, 'loket-3.json'), 'utf8')).toBe('{"loket":3}')
    expect(readdirSync(folder)).toEqual(['loket-3.json'])
  })

  test('is loaded again once after a crash, and the desk goes on', async () => {
    const { app, page } = await open()
    const before = await ask(page, `return window.loket.invoke('test.pid', {})`)
    const crashed = page.waitForEvent('crash')
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer())
    await crashed
    const after = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`window.loket?.invoke('test.pid', {})`),
      )
    await expect.poll(after).toEqual(before)
  })
})

describe.skipIf(!isHere)('the Electron shell', () => {
  test('runs its host in a process of its own', async () => {
    const { page, app } = await open()
    const host = await hostPid(page)
    expect(host).not.toBe(await app.evaluate(() => process.pid))
    expect(commandOf(host)).toContain('--type=utility')
  })

  test('runs its host on another Node when development asks for that', async () => {
    const { page } = await open({ LOKET_HOST_NODE: process.execPath })
    expect(commandOf(await hostPid(page))).toContain(process.execPath)
  })

  test('goes on after its host was killed, and ends it with the window', async () => {
    const { app, page, dataDir } = await open()
    const first = await hostPid(page)
    process.kill(first, 'SIGKILL')
    const isNew = (pid: number | undefined) => pid !== undefined && pid !== first
    await expect.poll(async () => isNew(await hostPid(page))).toBe(true)
    const last = await hostPid(page)
    // Later, so that the answer to this still comes out of the process that it ends.
    await app.evaluate(({ BrowserWindow }) => {
      setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 50)
    })
    await nothingLeft(dataDir)
    await expect.poll(() => existsSync(`/proc/${last}`)).toBe(false)
  })

  test('is only one: a second start ends at once and brings the first window to the front', async () => {
    const { app, log, startAgain } = await open()
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
    expect(await startAgain()).toBe(0)
    const isUp = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized() === false)
    await expect.poll(isUp).toBe(true)
    expect(await windows(app)).toBe(1)
    expect(log().match(/shell starts/g)).toHaveLength(1)
  })

  test('hears only the main frame of its own page', async () => {
    const { app, log } = await open()
    await app.evaluate(async ({ BrowserWindow, ipcMain }) => {
      const stranger = new BrowserWindow({ show: false })
      await stranger.loadURL('data:text/html,<p>tamu</p>').catch(() => {})
      ipcMain.emit('loket:to-shell', { sender: stranger.webContents, senderFrame: stranger.webContents.mainFrame }, {})
      const own = BrowserWindow.getAllWindows().find((window) => window !== stranger)
      ipcMain.emit('loket:to-shell', { sender: own?.webContents, senderFrame: stranger.webContents.mainFrame }, {})
    })
    expect(log().match(/message from a stranger/g)).toHaveLength(2)
  })
})

test.skipIf(!isHere)(
  'the program without a window lists devices, explains what it does not understand, and ends',
  async () => {
    const display = await startDisplay()
    const list = await runDevicesCommand(display, ['list', '--json'])
    expect(Object.keys(JSON.parse(list.out))).toEqual(['ports', 'printers', 'problems'])
    expect(list.code).toBeLessThan(2)
    const wrong = await runDevicesCommand(display, ['test-led'])
    expect(wrong.out).toContain('devices test-led --port COM3')
    expect(wrong.code).toBe(2)
  },
)

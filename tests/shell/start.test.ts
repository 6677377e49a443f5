/** npm start with the real mall server and real hosts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import type { ShellInfo } from '#contract/messages.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { startDisplay } from '#tests/shell/fakes/electron-app.ts'
import { launch, launchWithNpm, nothingLeft } from '#tests/shell/fakes/launcher.ts'
import { commandOf, processesOf } from '#tests/shell/fakes/processes.ts'
import { pipeOver } from '#tests/shell/fakes/test-gateway.ts'
import { waitFor } from '#tests/support/in-process-host.ts'
import { electronDist, hasPeers } from '#tests/support/peers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const ADDRESS = /(http:\/\/127\.0\.0\.1:\d+)\/\?token=[\w-]+/

/** Opens screens as a browser with the printed address does. */
async function signIn(address: RegExpExecArray) {
  const [url, origin = ''] = address
  const { headers } = await fetch(url, { redirect: 'manual' })
  const cookie = headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  return (screen: string) => {
    const ws = new WebSocket(`${origin.replace('http', 'ws')}/ws?screen=${screen}`, { headers: { cookie, origin } })
    return new Promise<ReturnType<typeof pipeOver>>((resolve, reject) => {
      ws.once('open', () => resolve(pipeOver(ws)))
      ws.once('error', reject)
    })
  }
}

type Pipe = Awaited<ReturnType<Awaited<ReturnType<typeof signIn>>>>

function until<T>(pipe: Pipe, topic: string, isIt: (value: T) => boolean): Promise<T> {
  return new Promise((resolve) => {
    pipe.subscribe(topic, (value) => {
      if (isIt(value as T)) resolve(value as T)
    })
  })
}

const hostsOf = (dataDir: string) => processesOf(dataDir).filter((pid) => commandOf(pid).includes('host.cjs'))
const serverOf = (dataDir: string) => processesOf(dataDir).find((pid) => commandOf(pid).includes('server/main.ts'))

describe('without a display', () => {
  test('says within 5 s and in one line that it shows the desk in a browser, and why', async () => {
    const began = performance.now()
    const { printed } = launch([])
    const [line] = await printed(/^Tampil di browser: .*$/m, 5_000)
    expect(performance.now() - began).toBeLessThan(5_000)
    expect(line).toBe('Tampil di browser: tidak ada layar di komputer ini (DISPLAY dan WAYLAND_DISPLAY kosong).')
  })

  test('plays the mall in one laptop: enrolled counter and front desk, sample PINs, another counter on request', async () => {
    const { printed, dataDir } = launch(['--browser'])
    const open = await signIn(await printed(ADDRESS))
    const counter = await open('polres-1')
    const desk = await until<DeskSnapshot>(counter, 'desk', ({ connection }) => connection.state === 'online')
    expect(desk.device?.role).toEqual({ kind: 'counter', counterId: 'polres-1' })
    const frontDesk = await until<DeskSnapshot>(await open('penerima-1'), 'desk', ({ device }) => device !== null)
    expect(frontDesk.device?.role).toEqual({ kind: 'front_desk', frontDeskId: 'penerima-1' })

    const { laptop } = await until<ShellInfo>(counter, 'shell', ({ host }) => host.state === 'running')
    expect(laptop?.screens.map(({ id }) => id)).toEqual(['polres-1', 'penerima-1'])
    expect(laptop?.spareCounters.map(({ id }) => id)).toContain('disdukcapil-1')
    const [sample] = laptop?.samplePins ?? []
    expect(await counter.invoke('session.signIn', sample)).toEqual({ ok: true, data: {} })

    const opened = await counter.invoke('shell.openScreen', { screenId: 'disdukcapil-1' })
    expect(opened).toEqual({ ok: true, data: { path: '/?screen=disdukcapil-1' } })
    const other = await until<DeskSnapshot>(await open('disdukcapil-1'), 'desk', ({ device }) => device !== null)
    expect(other.device?.role).toEqual({ kind: 'counter', counterId: 'disdukcapil-1' })
    expect(await counter.invoke('shell.openScreen', { screenId: 'loket-99' })).toMatchObject({ code: 'SCREEN_UNKNOWN' })
    expect(hostsOf(dataDir)).toHaveLength(3)
  })

  test('brings a killed mall server back at the same place, and the counter finds it again', async () => {
    const { printed, dataDir } = launch(['--browser'])
    const open = await signIn(await printed(ADDRESS))
    const counter = await open('polres-1')
    await until<DeskSnapshot>(counter, 'desk', ({ connection }) => connection.state === 'online')
    const server = serverOf(dataDir) ?? 0
    process.kill(server, 'SIGKILL')
    await until<DeskSnapshot>(counter, 'desk', ({ connection }) => connection.state === 'offline')
    await until<DeskSnapshot>(counter, 'desk', ({ connection }) => connection.state === 'online')
    expect(serverOf(dataDir)).not.toBe(server)
  })

  test('starts the second time with what the first one left: enrolled and at the same server', async () => {
    const first = launch(['--browser'])
    await first.printed(ADDRESS)
    first.process.kill('SIGTERM')
    expect(await first.exitCode).toBe(0)
    await nothingLeft(first.dataDir)
    const second = launch(['--browser'], {}, first.dataDir)
    const open = await signIn(await second.printed(ADDRESS))
    await until<DeskSnapshot>(await open('polres-1'), 'desk', ({ connection }) => connection.state === 'online')
  })
})

describe('ending', () => {
  test.each(['SIGINT', 'SIGHUP'] as const)('by %s ends server and hosts in order', async (signal) => {
    const { printed, process: launcher, exitCode, dataDir } = launch(['--browser'])
    await printed(/Berhenti/)
    expect(processesOf(dataDir).length).toBeGreaterThanOrEqual(4)
    launcher.kill(signal)
    expect(await exitCode).toBe(0)
    expect(processesOf(dataDir)).toEqual([])
  })

  test('by kill -9 leaves no orphan', async () => {
    const { printed, process: launcher, dataDir } = launch(['--browser'])
    await printed(/Berhenti/)
    launcher.kill('SIGKILL')
    await nothingLeft(dataDir)
  })

  test('by kill -9 of npm, which started it, leaves no orphan either', async () => {
    const { printed, process: npm, dataDir } = launchWithNpm(['--browser'])
    await printed(/Berhenti/)
    npm.kill('SIGKILL')
    await nothingLeft(dataDir)
  })

  test('by kill -9 in the middle of its start leaves no orphan', async () => {
    const { process: launcher, dataDir } = launch(['--browser'])
    await waitFor(() => (hostsOf(dataDir).length > 0 ? true : null), 'a host', undefined, 20_000)
    launcher.kill('SIGKILL')
    await nothingLeft(dataDir)
  })
})

describe('a port in use', () => {
  test('that was asked for is an error that says so, and nothing stays behind', async () => {
    const port = await blockPort()
    const { exitCode, output, dataDir } = launch(['--browser', '--port', String(port)])
    expect(await exitCode).toBe(1)
    expect(output()).toContain(`Port ${port} sudah dipakai program lain. Pilih --port yang lain.`)
    expect(processesOf(dataDir)).toEqual([])
  })

  test('that was not asked for is passed over, also by two that start at the same moment', async () => {
    const [one, two] = [launch(['--browser']), launch(['--browser'])]
    const [first, second] = await Promise.all([one.printed(ADDRESS), two.printed(ADDRESS)])
    expect(first[1]).not.toBe(second[1])
  })

  test('at which the enrolled screens know their mall server is an error that says what to do', async () => {
    const port = await blockPort()
    const dataDir = tempFolder()
    mkdirSync(join(dataDir, 'laptop'))
    writeFileSync(join(dataDir, 'laptop/server-port'), `${port}\n`)
    const { exitCode, output } = launch(['--browser'], {}, dataDir)
    expect(await exitCode).toBe(1)
    expect(output()).toContain(`Port server mal ${port} sudah dipakai, mungkin oleh npm start lain`)
  })
})

/** A port on which somebody else listens until the test ends. */
async function blockPort(): Promise<number> {
  const blocker = createServer()
  onTestFinished(() => void blocker.close())
  await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
  return (blocker.address() as AddressInfo).port
}

test('an option that does not exist is refused with the list of those that do', async () => {
  const { exitCode, output } = launch(['--brwser'])
  expect(await exitCode).toBe(2)
  expect(output()).toContain('npm start -- --browser')
})

describe('with a display and an Electron runtime', () => {
  const isHere = hasPeers('electron', 'xvfb')

  test.skipIf(!isHere)('opens the window, and kill -9 leaves no orphan', async () => {
    const display = await startDisplay()
    const env = { DISPLAY: display, ELECTRON_OVERRIDE_DIST_PATH: electronDist() }
    const { printed, process: launcher, dataDir } = launch([], env)
    await printed(/^Tampil di jendela: Electron [\d.]+ dan layar tersedia\.$/m)
    await waitFor(() => (hostsOf(dataDir).length === 2 ? true : null), 'both hosts', undefined, 20_000)
    const renderer = () => processesOf(dataDir).some((pid) => commandOf(pid).includes('--type=renderer'))
    await waitFor(() => (renderer() ? true : null), 'the page', undefined, 20_000)
    await pause(500)
    launcher.kill('SIGKILL')
    await nothingLeft(dataDir, 12_000)
  })

  test.skipIf(!isHere)('that breaks before the window goes on in the browser', async () => {
    const env = { DISPLAY: ':4711', ELECTRON_OVERRIDE_DIST_PATH: electronDist() }
    const { printed } = launch([], env)
    await printed(/^Tampil di browser: Electron berhenti sebelum jendelanya tampil\.$/m)
    await printed(ADDRESS)
  })
})

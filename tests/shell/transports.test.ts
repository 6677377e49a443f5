/** One suite for every way in which a screen reaches its host: what holds for one holds for all. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { createDeskClient } from '#contract/desk-client.ts'
import { createBrowserViews } from '#main/node/browser-views.ts'
import { createMemoryTransport } from '#main/shell/memory-transport.ts'
import { createEchoScreen, type Pipe } from '#tests/shell/fakes/echo-screen.ts'
import { launchEchoApp, startDisplay } from '#tests/shell/fakes/electron-app.ts'
import { pipeOver, startTestGateway } from '#tests/shell/fakes/test-gateway.ts'
import { waitFor } from '#tests/support/in-process-host.ts'
import { hasPeers } from '#tests/support/peers.ts'

const TRANSPORTS: { name: string; isHere: boolean; open(): Promise<Pipe> }[] = [
  {
    name: 'in memory',
    isHere: true,
    async open() {
      const { screen, log } = createEchoScreen()
      const openScreen = async () => ({ ok: false, code: 'NOT_A_LAPTOP' }) as const
      const transport = createMemoryTransport({ screen, views: createBrowserViews('/?screen=desk'), openScreen, log })
      return createDeskClient({ post: transport.send, onMessage: transport.onMessage }) as Pipe
    },
  },
  {
    name: 'WebSocket on loopback',
    isHere: true,
    open: async () => pipeOver(await (await startTestGateway()).connect()),
  },
  {
    name: 'Electron IPC',
    isHere: hasPeers('electron', 'xvfb'),
    async open() {
      const { app } = await launchEchoApp(await startDisplay())
      return pipeInPage(await app.firstWindow())
    },
  },
]

/** The page's window.loket, from here: values come back through a function that the page may call. */
async function pipeInPage(page: Page): Promise<Pipe> {
  const listeners = new Map<number, (value: unknown) => void>()
  let lastId = 0
  await page.exposeFunction('heard', (id: number, value: unknown) => listeners.get(id)?.(value))
  await page.evaluate('globalThis.ends = {}')
  return {
    invoke: (method, input) => page.evaluate(`loket.invoke(${JSON.stringify(method)}, ${JSON.stringify(input)})`),
    subscribe(topic, onValue) {
      lastId += 1
      const id = lastId
      listeners.set(id, onValue)
      const subscribe = `ends[${id}] = loket.subscribe(${JSON.stringify(topic)}, (value) => heard(${id}, value))`
      const begun = page.evaluate(`${subscribe}; null`)
      return () => void begun.then(() => page.evaluate(`ends[${id}](); null`))
    },
  }
}

describe.each(TRANSPORTS)('over $name', ({ isHere, open }) => {
  test.skipIf(!isHere)('every invoke gets its own answer, many at a time', async () => {
    const pipe = await open()
    const inputs = Array.from({ length: 50 }, (_, n) => ({
      n,
      nested: { text: 'Alihkan ke Disdukcapil — “A-017” 🎫', list: [null, n] },
    }))
    const answers = await Promise.all(inputs.map((input) => pipe.invoke('test.echo', input)))
    expect(answers).toEqual(inputs.map((data) => ({ ok: true, data })))
  })

  test.skipIf(!isHere)('a file of the longest kind that the contract takes arrives whole', async () => {
    const pipe = await open()
    const text = '"loket"\n'.repeat(500_000 / 8)
    expect(await pipe.invoke('test.echo', { text })).toEqual({ ok: true, data: { text } })
  })

  test.skipIf(!isHere)(
    'a subscription gives the value at once and again after the host died; an ended one is silent',
    async () => {
      const pipe = await open()
      const kept: unknown[] = []
      const ended: unknown[] = []
      pipe.subscribe('desk', (value) => kept.push(value))
      const end = pipe.subscribe('desk', (value) => ended.push(value))
      await waitFor(() => (kept[0] && ended[0] ? true : null), 'both first values')
      end()
      expect(await pipe.invoke('test.exit', {})).toEqual({ ok: false, code: 'HOST_GONE' })
      await waitFor(() => (kept[1] ? true : null), 'the value of the next host')
      expect(kept[1]).not.toEqual(kept[0])
      expect(await pipe.invoke('test.pid', {})).toEqual({ ok: true, data: (kept[1] as { pid: number }).pid })
      expect(ended).toHaveLength(1)
    },
  )

  test.skipIf(!isHere)('the shell tells the state of the host and how it restarts', async () => {
    const pipe = await open()
    const states: string[] = []
    pipe.subscribe('shell', (value) => states.push((value as { host: { state: string } }).host.state))
    await waitFor(() => (states.at(-1) === 'running' ? true : null), 'a running host')
    await pipe.invoke('test.exit', {})
    await waitFor(
      () => (states.slice(-2).join() === 'restarting,running' ? true : null),
      'a restart',
      () => states,
    )
  })

  test.skipIf(!isHere)('what the shell answers itself works, and what nobody knows is refused', async () => {
    const pipe = await open()
    expect(await pipe.invoke('shell.retryHost', {})).toEqual({ ok: true, data: {} })
    expect(await pipe.invoke('shell.openScreen', { screenId: 'loket-1' })).toEqual({ ok: false, code: 'NOT_A_LAPTOP' })
    expect(await pipe.invoke('shell.openScreen', { screenId: 7 })).toEqual({ ok: false, code: 'BAD_INPUT' })
    expect(await pipe.invoke('shell.format', {})).toEqual({ ok: false, code: 'UNKNOWN_METHOD' })
    expect(await pipe.invoke('constructor', {})).toEqual({ ok: false, code: 'UNKNOWN_METHOD' })
  })

  test.skipIf(!isHere)('a message outside the contract is answered BAD_INPUT and nothing else suffers', async () => {
    const pipe = await open()
    expect(await pipe.invoke('m'.repeat(61), {})).toEqual({ ok: false, code: 'BAD_INPUT' })
    expect(await pipe.invoke('test.echo', 'fine')).toEqual({ ok: true, data: 'fine' })
  })
})

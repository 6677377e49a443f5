/** The desk's side of the link: quick while there is one, and never in the way when there is none. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { LINK_PATH } from '#contract/wire/agreed.ts'
import { createHttp } from '#main/host/sync/http.ts'
import { createLink, type Link } from '#main/host/sync/link.ts'
import { keptPair } from '#server/tls/kept-pair.ts'
import { eventually } from '#tests/support/eventually.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

type Asked = { n: number; path: string; body: unknown }
type Answer = (socket: WebSocket, asked: Asked) => void

const echo: Answer = (socket, { n, body }) => socket.send(JSON.stringify({ n, status: 200, body }))

/** A server that answers links like this; null: it knows none, as an older one. */
async function startServer(answer: Answer | null = echo) {
  const server = createServer((_request, response) => response.writeHead(404).end('{}'))
  const seen = { upgrades: [] as (string | undefined)[], links: [] as WebSocket[] }
  const sockets = new WebSocketServer({ noServer: true })
  if (answer) {
    server.on('upgrade', (request, socket, head) => {
      seen.upgrades.push(request.headers.authorization)
      sockets.handleUpgrade(request, socket, head, (link) => {
        seen.links.push(link)
        link.on('message', (data) => answer(link, JSON.parse(String(data)) as Asked))
      })
    })
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`)
  const refused: unknown[] = []
  const http = createHttp(url, null)
  const link = createLink(
    () => http.openSocket(LINK_PATH, { authorization: 'Bearer rahasia' }),
    (error) => refused.push(error),
  )
  onTestFinished(async () => {
    link.close()
    for (const one of sockets.clients) one.terminate()
    await http.close()
    server.closeAllConnections()
    server.close()
  })
  return { link, seen, refused, http, url }
}

/** Sends until it went over the link. */
async function overLink(link: Link, body: unknown) {
  const reply = await eventually(() => link.send('/v1/x', body, 5_000) ?? Promise.reject(new Error('no link yet')))
  return reply.body
}

test('the first request finds no link and opens one; the next ones go over it, several at once', async () => {
  const { link, seen, refused } = await startServer()
  expect(link.send('/v1/x', 0, 5_000)).toBeNull()
  expect(await overLink(link, 1)).toBe(1)
  const replies = await Promise.all([2, 3, 4].map((body) => link.send('/v1/x', body, 5_000)))
  expect(replies).toEqual([2, 3, 4].map((body) => expect.objectContaining({ status: 200, body })))
  expect(seen.upgrades).toEqual(['Bearer rahasia'])
  expect(refused).toEqual([])
})

test('answers may come in any order', async () => {
  const held: (() => void)[] = []
  const { link } = await startServer((socket, asked) => {
    if (asked.body === 0) return echo(socket, asked)
    held.push(() => echo(socket, asked))
    if (held.length === 3) for (const answer of held.toReversed()) answer()
  })
  await overLink(link, 0)
  const replies = await Promise.all([1, 2, 3].map((body) => link.send('/v1/x', body, 5_000)))
  expect(replies.map((reply) => reply?.body)).toEqual([1, 2, 3])
})

test('a server without links is asked for one again only after half a minute', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { link, refused } = await startServer(null)
  expect(link.send('/v1/x', 0, 5_000)).toBeNull()
  await expect.poll(() => refused.length).toBe(1)
  for (let n = 0; n < 3; n += 1) expect(link.send('/v1/x', n, 5_000)).toBeNull()
  await delay(50)
  expect(refused).toHaveLength(1)
  vi.advanceTimersByTime(30_001)
  expect(link.send('/v1/x', 0, 5_000)).toBeNull()
  await expect.poll(() => refused.length).toBe(2)
})

test('what is not answered in time is given up; the next goes another way, and what else is under way is still answered', async () => {
  const slow: Asked[] = []
  const { link, seen } = await startServer((socket, asked) => {
    if (asked.body === 'never') return
    if (asked.body === 'slow') slow.push(asked)
    else echo(socket, asked)
  })
  await overLink(link, 0)
  const late = link.send('/v1/x', 'slow', 5_000)
  await expect.poll(() => slow.length).toBe(1)
  await expect(link.send('/v1/x', 'never', 30)).rejects.toThrow('no answer in time')

  expect(link.send('/v1/x', 1, 5_000)).toBeNull()
  const [first] = seen.links
  expect(first?.readyState).toBe(first?.OPEN)
  for (const asked of slow) if (first) echo(first, asked)
  expect(await late).toMatchObject({ body: 'slow' })
  // Nobody uses the first any more.
  await expect.poll(() => first?.readyState).toBe(first?.CLOSED)
  expect(await overLink(link, 2)).toBe(2)
  expect(seen.links).toHaveLength(2)
})

test('where others are answered meanwhile, one answer that comes late is no reason to leave', async () => {
  const { link, seen } = await startServer((socket, asked) => {
    if (asked.body !== 'never') echo(socket, asked)
  })
  await overLink(link, 0)
  const late = expect(link.send('/v1/x', 'never', 1_000)).rejects.toThrow('no answer in time')
  expect(await link.send('/v1/x', 1, 5_000)).toMatchObject({ body: 1 })
  await late
  expect(await link.send('/v1/x', 2, 5_000)).toMatchObject({ body: 2 })
  expect(seen.links).toHaveLength(1)
})

test.each<[string, Answer]>([
  ['answers nothing', () => {}],
  ['breaks with the first request', (socket) => socket.terminate()],
  ['answers what is no answer', (socket, { n }) => socket.send(JSON.stringify({ n, status: 200, body: 0, more: 1 }))],
])('links that %s cost two answers, and no other is opened for half a minute', async (_what, answer) => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { link, seen, refused } = await startServer(answer)
  for (let lost = 0; lost < 2; lost += 1) {
    const { reason } = await eventually(() => {
      const reply = link.send('/v1/x', 0, 100)
      if (!reply) throw new Error('no link yet')
      return { reason: reply.then(String, String) }
    })
    expect(await reason).toMatch(/the link broke|no answer in time/)
  }

  for (let n = 0; n < 5; n += 1) expect(link.send('/v1/x', n, 100)).toBeNull()
  expect(refused.map(String)).toEqual(['Error: a link was opened and gave no answer'])
  vi.advanceTimersByTime(30_001)
  expect(link.send('/v1/x', 0, 100)).toBeNull()
  await expect.poll(() => seen.links.length).toBe(3)
})

test('an answer that comes too late is nobody’s', async () => {
  const asked: Asked[] = []
  const { link, seen } = await startServer((socket, one) => {
    if (one.body === 'late') asked.push(one)
    else echo(socket, one)
  })
  await overLink(link, 0)
  const other = link.send('/v1/x', 'late', 5_000)
  await expect(link.send('/v1/x', 'late', 30)).rejects.toThrow('no answer in time')
  await expect.poll(() => asked.length).toBe(2)
  const [socket] = seen.links
  const [kept, given] = asked
  if (socket && given) echo(socket, given)
  if (socket && kept) echo(socket, kept)
  expect(await other).toMatchObject({ n: kept?.n, body: 'late' })
})

test.each([
  ['breaks', (socket: WebSocket) => socket.terminate()],
  ['is ended by the server', (socket: WebSocket) => socket.close(1008)],
  ['says what is no JSON', (socket: WebSocket) => socket.send('halo')],
  ['says what is no answer', (socket: WebSocket) => socket.send('{"n":0}')],
])('a link that %s fails what is under way, and the next one opens', async (_what, act) => {
  const { link } = await startServer((socket, asked) => (asked.body === 'act' ? act(socket) : echo(socket, asked)))
  await overLink(link, 0)
  await expect(link.send('/v1/x', 'act', 5_000)).rejects.toThrow('the link broke')
  expect(await overLink(link, 1)).toBe(1)
})

test('a link that was left answers what is under way and takes nothing more', async () => {
  const held: (() => void)[] = []
  const { link, seen } = await startServer((socket, asked) => {
    if (asked.body === 'hold') held.push(() => echo(socket, asked))
    else echo(socket, asked)
  })
  await overLink(link, 0)
  const under = link.send('/v1/x', 'hold', 5_000)
  await expect.poll(() => held.length).toBe(1)
  link.leave()
  expect(link.send('/v1/x', 1, 5_000)).toBeNull()
  for (const answer of held) answer()
  expect(await under).toMatchObject({ body: 'hold' })
  await expect.poll(() => seen.links[0]?.readyState).toBe(seen.links[0]?.CLOSED)
})

test('a closed link ends what is under way and opens no other', async () => {
  const { link, seen } = await startServer((socket, asked) => {
    if (asked.body !== 'never') echo(socket, asked)
  })
  await overLink(link, 0)
  const left = expect(link.send('/v1/x', 'never', 5_000)).rejects.toThrow('the link broke')
  link.leave()
  await overLink(link, 1)
  const under = expect(link.send('/v1/x', 'never', 5_000)).rejects.toThrow('the link broke')
  link.close()
  await left
  await under
  expect(link.send('/v1/x', 1, 5_000)).toBeNull()
  await delay(50)
  expect(seen.links).toHaveLength(2)
})

test('a link that was being opened when all was closed does not stay', async () => {
  const { link, seen } = await startServer()
  expect(link.send('/v1/x', 0, 5_000)).toBeNull()
  link.close()
  await expect.poll(() => seen.links.map(({ readyState }) => readyState)).toEqual([WebSocket.CLOSED])
})

test('over HTTPS a link opens to the pinned server, and no other hears of the token', async () => {
  const { key, certificate, fingerprint } = await keptPair(tempFolder())
  const server = createSecureServer({ key, cert: certificate })
  const heard: (string | undefined)[] = []
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    heard.push(request.headers.authorization)
    sockets.handleUpgrade(request, socket, head, (link) =>
      link.on('message', (data) => echo(link, JSON.parse(String(data)))),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(`https://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`)
  const open = (pin: string) => {
    const http = createHttp(url, pin)
    const refused: unknown[] = []
    const link = createLink(
      () => http.openSocket(LINK_PATH, { authorization: 'Bearer rahasia' }),
      (error) => refused.push(error),
    )
    onTestFinished(async () => {
      link.close()
      await http.close()
    })
    return { link, refused }
  }
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })

  const stranger = open('00'.repeat(32))
  expect(stranger.link.send('/v1/x', 0, 5_000)).toBeNull()
  await expect.poll(() => stranger.refused.length).toBe(1)
  expect(String(stranger.refused[0])).toContain('the server shows')
  expect(heard).toEqual([])

  expect(await overLink(open(fingerprint).link, 1)).toBe(1)
  expect(heard).toEqual(['Bearer rahasia'])
})

/**
 * A host and gateway that say what a test wants: serves the built screens under the shells' own content security policy
 * and answers the contract from plain values. Nothing is decided here; fake-counter.ts adds a counter that plays along.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { FromHost, ShellInfo, ToHost } from '#contract/messages.ts'
import type { Shortcuts } from '#contract/shortcuts.ts'
import type { Catalogue, DeskSnapshot, PanelSnapshot } from '#contract/snapshot.ts'
import type { Announcement } from '#contract/voice.ts'
import { contentSecurityPolicy, createNonce } from '#main/shell/content-policy.ts'
import { readRendererFile } from '#main/shell/renderer-files.ts'
import { builtRenderer } from '#tests/renderer/built-renderer.ts'

type Topics = {
  /** Null while the host has not said anything yet. */
  desk: DeskSnapshot | null
  catalogue: Catalogue
  shell: ShellInfo
  panel: PanelSnapshot
  announcement: Announcement | null
  shortcuts: Shortcuts | null
}
type PressTopic = 'deskPress' | 'barPress' | 'deskTask'
type Reply = { ok: true; data: unknown } | { ok: false; code: string; detail?: Record<string, string | number> }
type Handler = (input: Record<string, unknown>) => Reply | Promise<Reply>

export type FakeHost = {
  url: string
  /** Everything that was asked, in order; but not that somebody touched the screen, which any key and any click says. */
  received: { method: string; input: Record<string, unknown> }[]
  /** Everything that was answered, in order. */
  answered: { method: string; reply: Reply }[]
  /** How often it was told so. */
  touches(): number
  answer(method: string, handler: Handler): void
  /** Replaces part of a topic's value and tells every screen. */
  show<T extends keyof Topics>(topic: T, change: Partial<Topics[T]> | (null & Topics[T])): void
  /** An act that was pressed elsewhere, for those who listen now. */
  press(topic: PressTopic, act: string): void
  /** Whether a screen listens for presses. */
  listens(topic: PressTopic): boolean
  snapshot(): DeskSnapshot
  /** Breaks every connection, as a crash of the gateway would. */
  dropConnections(): void
  close(): Promise<void>
}

export const DONE: Reply = { ok: true, data: {} }

export async function startFakeHost(first: Topics, renderer = builtRenderer()): Promise<FakeHost> {
  const folder = await renderer
  const topics = { ...first }
  const handlers = new Map<string, Handler>([['session.touch', () => DONE]])
  const subscribers = new Set<{ ws: WebSocket; id: number; topic: string }>()
  const received: FakeHost['received'] = []
  const answered: FakeHost['answered'] = []
  let touches = 0

  const server = createServer(async (request, response) => {
    const nonce = createNonce()
    const file = await readRendererFile(folder, new URL(request.url ?? '/', 'http://fake').pathname, nonce)
    const policy = contentSecurityPolicy(nonce, [`ws://${request.headers.host}`])
    response
      .writeHead(file ? 200 : 404, {
        'Content-Security-Policy': policy,
        'Content-Type': file?.contentType ?? 'text/plain',
      })
      .end(file?.body)
  })
  const sockets = new WebSocketServer({ server, path: '/ws' })

  sockets.on('connection', (ws) => {
    ws.on('message', async (data) => {
      const message = JSON.parse(String(data)) as ToHost
      if (message.t === 'invoke') {
        const input = message.input as Record<string, unknown>
        if (message.method === 'session.touch') touches += 1
        else received.push({ method: message.method, input })
        const result = await (handlers.get(message.method) ?? unknownMethod)(input)
        answered.push({ method: message.method, reply: result })
        send(ws, { t: 'result', id: message.id, result })
      } else if (message.t === 'subscribe') {
        subscribers.add({ ws, id: message.id, topic: message.topic })
        if (message.topic === 'desk' && !topics.desk) return
        // What is pressed is not kept for those who come later.
        if (message.topic in topics)
          send(ws, { t: 'push', id: message.id, value: topics[message.topic as keyof Topics] })
      } else {
        for (const one of subscribers) if (one.ws === ws && one.id === message.id) subscribers.delete(one)
      }
    })
    ws.on('close', () => {
      for (const one of subscribers) if (one.ws === ws) subscribers.delete(one)
    })
  })

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    url: `http://127.0.0.1:${port}/?screen=test`,
    received,
    answered,
    touches: () => touches,
    answer: (method, handler) => handlers.set(method, handler),
    show(topic, change) {
      Object.assign(topics, { [topic]: change && { ...topics[topic], ...change } })
      const { desk } = topics
      if (topic === 'desk' && desk) Object.assign(desk, { version: desk.version + 1, at: Date.now(), ...change })
      for (const one of subscribers) {
        if (one.topic === topic) send(one.ws, { t: 'push', id: one.id, value: topics[topic] })
      }
    },
    press(topic, act) {
      for (const one of subscribers) if (one.topic === topic) send(one.ws, { t: 'push', id: one.id, value: act })
    },
    listens: (topic) => [...subscribers].some((one) => one.topic === topic),
    snapshot() {
      if (!topics.desk) throw new Error('this host has said nothing of a desk')
      return topics.desk
    },
    dropConnections() {
      for (const ws of sockets.clients) ws.terminate()
    },
    async close() {
      for (const ws of sockets.clients) ws.terminate()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

const unknownMethod: Handler = () => ({ ok: false, code: 'UNKNOWN_METHOD' })

function send(ws: WebSocket, message: FromHost): void {
  ws.send(JSON.stringify(message))
}

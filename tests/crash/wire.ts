/**
 * The wire between one workstation and the mall server: passes every request on and knows which are under way. What the
 * server acknowledges is journalled before the workstation hears of it.
 */
import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { PushReply } from '#contract/wire/push.ts'

export type Wire = {
  url: string
  /** A push has begun and its answer is not complete, seen from the server's side of the wire or from the workstation's. */
  isPushing(side: 'server' | 'host'): boolean
  /** The workstation waits for an answer before it goes on with a command. */
  isAsking(): boolean
  close(): Promise<void>
}

type WireOptions = {
  port: number
  onPush(): void
  /** The answer is held back until this resolves. */
  onAcknowledged(reply: PushReply): Promise<void>
}

const PUSH = '/v1/events'
const ASKS: readonly string[] = ['/v1/hands/improve', '/v1/claims', '/v1/number-leases']

export async function openWire({ port, onPush, onAcknowledged }: WireOptions): Promise<Wire> {
  const agent = new Agent({ keepAlive: true })
  /** By side; a push leaves the server's set first. */
  const pushing = { server: new Set<ServerResponse>(), host: new Set<ServerResponse>() }
  const asking = new Set<ServerResponse>()

  async function relay(up: IncomingMessage, path: string, response: ServerResponse): Promise<void> {
    // Of the changes: it has no end to wait for.
    if (up.headers['content-type'] === 'text/event-stream') {
      // Its body ends with the connection here, too.
      response.removeHeader('transfer-encoding')
      response.writeHead(up.statusCode ?? 502, up.headers)
      response.flushHeaders()
      await pipeline(up, response)
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of up) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    pushing.server.delete(response)
    if (path === PUSH && up.statusCode === 200) await onAcknowledged(PushReply.parse(JSON.parse(body.toString())))
    response.writeHead(up.statusCode ?? 502, up.headers)
    response.end(body)
  }

  const proxy = createServer((incoming, response) => {
    const path = incoming.url ?? ''
    if (path === PUSH) {
      pushing.server.add(response)
      pushing.host.add(response)
      onPush()
    }
    if (ASKS.includes(path)) asking.add(response)
    const { method, headers } = incoming
    const up = request({ host: '127.0.0.1', port, method, path, headers, agent })
    up.on('response', (answer) => relay(answer, path, response).catch(() => response.destroy()))
    up.on('error', () => response.destroy())
    incoming.pipe(up)
    response.on('close', () => {
      pushing.server.delete(response)
      pushing.host.delete(response)
      asking.delete(response)
      up.destroy()
    })
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    isPushing: (side) => pushing[side].size > 0,
    isAsking: () => asking.size > 0,
    async close() {
      const closed = once(proxy, 'close')
      proxy.close()
      proxy.closeAllConnections()
      await closed
      agent.destroy()
    },
  }
}

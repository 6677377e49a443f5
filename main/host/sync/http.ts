/**
 * HTTP to one mall server. With HTTPS that server is known by its certificate alone: no authority vouches for a server in a
 * mall, and neither its name nor the PC's clock matters. The certificate is looked at before the first byte of a request is
 * written.
 */
import { hash } from 'node:crypto'
import { once } from 'node:events'
import type { Agent as PlainAgent, request as SendRequest } from 'node:http'
import type { Agent as TlsAgent } from 'node:https'
import type { Readable } from 'node:stream'
import type { ConnectionOptions, TLSSocket } from 'node:tls'
import type { WebSocket } from 'ws'
import { LINK_MESSAGE_BYTES } from '#contract/wire/agreed.ts'

export type Http = {
  /** Rejects when no answer came: NotPinned, or what the network said. */
  send(path: string, message: HttpMessage): Promise<HttpReply>
  /** An open WebSocket to the same server. Rejects when there is none to be had. */
  openSocket(path: string, headers: Record<string, string>): Promise<WebSocket>
  /** SHA-256 of the server's certificate in hex; null while no server was met, and without TLS. */
  fingerprint(): string | null
  /** Ends every connection. */
  close(): Promise<void>
}
export type HttpMessage = {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body: string | Uint8Array | null
  /** Ends the request, and the answer that is being read. */
  signal: AbortSignal
  /** All of the request was handed to the network. */
  onSent?: (() => void) | undefined
}
/** `body` breaks when the connection does; one without a length just ends then. */
export type HttpReply = { status: number; body: Readable }

/** The server showed another certificate than the pinned one. Nothing was sent to it. */
export class NotPinned extends Error {}

/** A server keeps an idle connection for longer, so none ends just when it is used again. */
const IDLE_MS = 20_000
const SOCKET_OPENS_MS = 5_000

type Line = {
  request: typeof SendRequest
  agent: PlainAgent | TlsAgent
  close(): void
}

/**
 * `pin` is the fingerprint in hex or the beginning of it, which becomes the whole one with the first server that fits. No
 * server fits null. Without TLS there is none.
 */
export function createHttp(url: URL, pin: string | null): Http {
  let met: string | null = null
  let line: Promise<Line> | null = null

  function check(socket: TLSSocket): NotPinned | null {
    const raw: Buffer | undefined = socket.getPeerCertificate()?.raw
    const shown = raw ? hash('sha256', raw) : 'no certificate'
    const expected = met ?? pin
    if (expected === null || !shown.startsWith(expected)) return new NotPinned(`the server shows ${shown}`)
    met = shown
    return null
  }

  return {
    async send(path, { method, headers, body, signal, onSent }) {
      // Not before it is needed: a start has to be quick.
      line ??= url.protocol === 'https:' ? openPinned(check) : openPlain()
      const { request, agent } = await line
      signal.throwIfAborted()
      const length = body === null ? {} : { 'content-length': Buffer.byteLength(body) }
      const { promise, resolve, reject } = Promise.withResolvers<HttpReply>()
      // A request that has no connection yet would keep its end to itself until it has one.
      const onAbort = () => reject(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        const outgoing = request(new URL(path, url), {
          method,
          agent,
          signal,
          headers: { ...headers, ...length },
        })
        // Also after the answer has begun: then the reader of the body hears of it, or of an end when it has no length.
        outgoing.on('error', reject)
        outgoing.once('response', (incoming) => {
          resolve({ status: incoming.statusCode ?? 0, body: incoming })
        })
        if (onSent) outgoing.once('finish', onSent)
        outgoing.end(body ?? undefined)
        return await promise
      } finally {
        signal.removeEventListener('abort', onAbort)
      }
    },
    async openSocket(path, headers) {
      line ??= url.protocol === 'https:' ? openPinned(check) : openPlain()
      const [{ agent }, { WebSocket }] = await Promise.all([line, import('ws')])
      const socket = new WebSocket(new URL(path, url), {
        // Its connections are checked like any other.
        agent,
        headers,
        perMessageDeflate: false,
        maxPayload: LINK_MESSAGE_BYTES,
        handshakeTimeout: SOCKET_OPENS_MS,
      })
      // Whoever waits for it hears of it; afterwards its end says all there is to say.
      socket.on('error', () => {})
      await once(socket, 'open')
      return socket
    },
    fingerprint: () => met,
    async close() {
      const open = await line
      open?.close()
    },
  }
}

async function openPlain(): Promise<Line> {
  const { Agent, request } = await import('node:http')
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS })
  return { request, agent, close: () => agent.destroy() }
}

async function openPinned(check: (socket: TLSSocket) => NotPinned | null): Promise<Line> {
  const [{ Agent, request }, { connect }] = await Promise.all([import('node:https'), import('node:tls')])
  // Every connection shows the certificate anew.
  const agent = new Agent({ keepAlive: true, timeout: IDLE_MS, maxCachedSessions: 0 })
  /** The agent knows a connection only when it is made. */
  const connecting = new Set<TLSSocket>()
  agent.createConnection = (options, callback) => {
    const socket = connect({ ...(options as ConnectionOptions), rejectUnauthorized: false, minVersion: 'TLSv1.2' })
    connecting.add(socket)
    const settle = (error: Error | null) => {
      connecting.delete(socket)
      socket.off('error', settle).off('secureConnect', onSecure).off('timeout', onSilence)
      if (error) socket.on('error', () => {}).destroy()
      // The type asks for a stream beside an error, too; it is not looked at.
      callback?.(error, socket)
    }
    const onSecure = () => settle(check(socket))
    const onSilence = () => settle(new Error('the server begins no TLS'))
    socket.on('error', settle).on('secureConnect', onSecure).on('timeout', onSilence)
    return undefined
  }
  const close = () => {
    for (const socket of connecting) socket.destroy(new Error('closed'))
    agent.destroy()
  }
  return { request, agent, close }
}

/**
 * HTTPS to one server, which is known by its certificate alone: no authority vouches for a server in a mall, and neither its
 * name nor the PC's clock matters. The certificate is looked at before the first byte of a request is written.
 */
import { hash } from 'node:crypto'
import { TLSSocket } from 'node:tls'
import type { Agent } from 'undici'

export type Http = {
  fetch(url: URL, init: HttpInit): Promise<HttpReply>
  /** SHA-256 of the server's certificate in hex; null while no server was met, and without TLS. */
  fingerprint(): string | null
  /** Ends every connection. */
  close(): Promise<void>
}
type HttpInit = {
  method: 'GET' | 'POST'
  headers: Record<string, string>
  body: string | Uint8Array<ArrayBuffer> | null
  signal: AbortSignal
  redirect: 'error'
}
type HttpReply = Pick<Response, 'ok' | 'status' | 'json' | 'body'>

/** The server showed another certificate than the pinned one. Nothing was sent to it. */
export class NotPinned extends Error {}

/**
 * `pin` is the fingerprint in hex or the beginning of it, which becomes the whole one with the first server that fits. No
 * server fits null.
 */
export function createPinnedFetch(pin: string | null): Http {
  let met: string | null = null
  let agent: Promise<Agent> | null = null

  function check(socket: TLSSocket): NotPinned | null {
    const raw: Buffer | undefined = socket.getPeerCertificate()?.raw
    const shown = raw ? hash('sha256', raw) : 'no certificate'
    const expected = met ?? pin
    if (expected === null || !shown.startsWith(expected)) return new NotPinned(`the server shows ${shown}`)
    met = shown
    return null
  }

  async function createAgent(): Promise<Agent> {
    const { Agent, buildConnector } = await import('undici')
    const connect = buildConnector({
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      allowH2: false,
      // Every connection shows the certificate anew.
      maxCachedSessions: 0,
    })
    return new Agent({
      connect: (options, callback) =>
        connect(options, (error, socket) => {
          if (error) return callback(error, null)
          const refusal = socket instanceof TLSSocket ? check(socket) : new NotPinned('no TLS')
          if (!refusal) return callback(null, socket)
          socket.destroy()
          callback(refusal, null)
        }),
    })
  }

  return {
    async fetch(url, init) {
      // Not before it is needed: a start has to be quick, and with the server on this PC it never is needed.
      const { fetch } = await import('undici')
      agent ??= createAgent()
      // The same class by the standard; the compiler knows two descriptions of its stream.
      return (await fetch(url, { ...init, dispatcher: await agent })) as HttpReply
    },
    fingerprint: () => met,
    async close() {
      await (await agent)?.destroy()
    },
  }
}

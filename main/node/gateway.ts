/**
 * The shell without Electron: serves the built desk to a browser of this machine and relays each screen's WebSocket to
 * that screen's host. Loopback only; Host and Origin are compared exactly, because any web page can send requests here.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { createAccess } from '#main/node/access.ts'
import { createBrowserViews } from '#main/node/browser-views.ts'
import { type Refusal, refusalPage } from '#main/node/refusal-page.ts'
import { relayScreen } from '#main/node/relay-screen.ts'
import { contentSecurityPolicy, createNonce, PLAIN_HEADERS } from '#main/shell/content-policy.ts'
import { readRendererFile } from '#main/shell/renderer-files.ts'
import type { ScreenViews } from '#main/shell/screen-views.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { OpenScreen, ShellScreen } from '#main/shell/shell-screen.ts'

export type GatewayOptions = {
  rendererDir: string
  port: number
  /** Shown at the address without ?screen=. */
  firstScreenId: string
  /** Undefined when there is no such screen, or not yet. */
  findScreen(id: string): ShellScreen | undefined
  openScreen: OpenScreen
  /** Somebody came without a session: whoever sees the terminal may want the address again. */
  onStranger(): void
  log: ShellLog
}

export type Gateway = {
  port: number
  /** An address that works once, in one browser. The same one until it is used. */
  url(): string
  close(): Promise<void>
}

const LOOPBACK = '127.0.0.1'
/** Larger than any message of the contract: the longest carries a file of half a million characters, some of them escaped. */
const LARGEST_MESSAGE_BYTES = 2 * 1024 * 1024

/** Rejects with the system's error when the port cannot be had (EADDRINUSE, EACCES). */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { log } = options
  const server = createServer()
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE_BYTES,
    perMessageDeflate: false,
  })
  const port = await listen(server, options.port)
  const authority = `${LOOPBACK}:${port}`
  const origin = `http://${authority}`
  const access = createAccess(port)
  /** By screen: its pages speak to each other through them. */
  const views = new Map<string, ScreenViews>()

  function headers(nonce: string): Record<string, string> {
    // Not every browser counts ws: to the same address as 'self'.
    return { ...PLAIN_HEADERS, 'Content-Security-Policy': contentSecurityPolicy(nonce, [`ws://${authority}`]) }
  }

  function refuse(response: ServerResponse, refusal: Refusal): void {
    const { status, body } = refusalPage(refusal)
    response.writeHead(status, { ...headers(createNonce()), 'Content-Type': 'text/html; charset=utf-8' }).end(body)
  }

  function refuseStranger(response: ServerResponse): void {
    options.onStranger()
    refuse(response, 'TOKEN')
  }

  function redirect(response: ServerResponse, location: string, cookie?: string): void {
    const setCookie = cookie === undefined ? {} : { 'Set-Cookie': cookie }
    response.writeHead(303, { ...PLAIN_HEADERS, ...setCookie, Location: location }).end()
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers.host !== authority) return refuse(response, 'HOST')
    if (request.method !== 'GET') return refuse(response, 'METHOD')
    const url = URL.parse(request.url ?? '/', origin)
    if (!url) return refuse(response, 'NOT_FOUND')
    const token = url.searchParams.get('token')
    if (token !== null) {
      const cookie = access.redeem(token)
      return cookie === null ? refuseStranger(response) : redirect(response, screenPath(options.firstScreenId), cookie)
    }
    if (!access.admits(request.headers.cookie)) return refuseStranger(response)
    if (url.pathname === '/') {
      const screenId = url.searchParams.get('screen')
      if (screenId === null) return redirect(response, screenPath(options.firstScreenId))
      if (!options.findScreen(screenId)) return refuse(response, 'SCREEN_UNKNOWN')
    }
    const nonce = createNonce()
    const file = await readRendererFile(options.rendererDir, rawPath(request), nonce)
    if (!file) return refuse(response, 'NOT_FOUND')
    response.writeHead(200, { ...headers(nonce), 'Content-Type': file.contentType }).end(file.body)
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = URL.parse(request.url ?? '/', origin)
    const screen = url?.pathname === '/ws' ? options.findScreen(url.searchParams.get('screen') ?? '') : undefined
    const allowed =
      request.headers.host === authority && request.headers.origin === origin && access.admits(request.headers.cookie)
    if (!allowed || !screen) {
      log.warn({ url: url?.pathname, host: request.headers.host, origin: request.headers.origin }, 'WebSocket refused')
      // The other side may be gone already, which is its business.
      socket.on('error', (error) => log.warn({ err: error }, 'refused socket broke'))
      socket.end(`HTTP/1.1 ${allowed ? '404 Not Found' : '403 Forbidden'}\r\nConnection: close\r\n\r\n`)
      return
    }
    const ofScreen = views.get(screen.id) ?? createBrowserViews(screenPath(screen.id))
    views.set(screen.id, ofScreen)
    sockets.handleUpgrade(request, socket, head, (ws) =>
      relayScreen({ ws, screen, views: ofScreen, openScreen: options.openScreen, log }),
    )
  }

  server.on('request', (request, response) => {
    serve(request, response).catch((error: unknown) => {
      log.error({ err: error, url: rawPath(request) }, 'request failed')
      refuse(response, 'BROKEN')
    })
  })
  server.on('upgrade', upgrade)

  return {
    port,
    url: () => `${origin}/?token=${access.token()}`,
    async close() {
      for (const ws of sockets.clients) ws.terminate()
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

export function screenPath(screenId: string): string {
  return `/?screen=${encodeURIComponent(screenId)}`
}

/** Not through URL, which would already have folded "..": the check should see what was asked. */
function rawPath(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/'
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, LOOPBACK, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

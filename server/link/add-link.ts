/** Links: who may open one, and how many. What is asked over one is answered in serve-link.ts. */
import type { IncomingMessage } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { LINK_MESSAGE_BYTES, LINK_PATH } from '#contract/wire/agreed.ts'
import { bearerOf, type Caller, callerWithToken } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { asWireFailure, endWithFailure } from '#server/error-replies.ts'
import { serveLink } from '#server/link/serve-link.ts'
import type { LinkedRoute } from '#server/routes/linked-route.ts'
import type { MallApp } from '#server/routes/mall-app.ts'
import type { UnderWay } from '#server/under-way.ts'
import { WireFailure } from '#server/wire-failure.ts'

/** Of one device: the one that it asks over, and those that it left and still waits for an answer on. */
const MOST_LINKS = 3

export function addLink(app: MallApp, server: ServerContext, linked: readonly LinkedRoute[], underWay: UnderWay): void {
  const routes = new Map(linked.map((route) => [route.path, route]))
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LINK_MESSAGE_BYTES })
  const byDevice = new LinksByDevice()
  let isClosing = false

  sockets.on('wsClientError', ({ message }, socket) =>
    endWithFailure(socket, new WireFailure('BAD_REQUEST', `not the opening of a WebSocket: ${message}`)),
  )
  app.server.on('upgrade', (request, socket, head) => {
    // The other side may be gone at any time, which is its business.
    socket.on('error', () => socket.destroy())
    admit(server, request).then(
      ({ device, token }) => {
        if (isClosing) socket.destroy()
        else
          sockets.handleUpgrade(request, socket, head, (link) => {
            byDevice.add(device.id, link)
            serveLink(link, { server, token, routes, underWay, log: app.log })
          })
      },
      (error) => {
        const failure = asWireFailure(error)
        if (failure.code === 'INTERNAL') app.log.error(error, 'a link could not be opened')
        endWithFailure(socket, failure)
      },
    )
  })

  app.addHook('preClose', async () => {
    isClosing = true
    for (const link of sockets.clients) link.terminate()
  })
}

/** An enrolled device, with whose token every request over the link is made. Throws WireFailure. */
async function admit(server: ServerContext, { url, headers }: IncomingMessage): Promise<Caller> {
  if (url !== LINK_PATH) throw new WireFailure('NOT_FOUND', 'there is no such route')
  return callerWithToken(server, bearerOf(headers))
}

/** One that opens more ends its oldest. */
class LinksByDevice {
  readonly #links = new Map<string, Set<WebSocket>>()

  add(deviceId: string, link: WebSocket): void {
    const links = this.#links.get(deviceId) ?? new Set()
    this.#links.set(deviceId, links.add(link))
    link.on('close', () => {
      links.delete(link)
      if (links.size === 0) this.#links.delete(deviceId)
    })
    const open = [...links].filter(({ readyState }) => readyState === link.OPEN)
    if (open.length > MOST_LINKS) open[0]?.terminate()
  }
}

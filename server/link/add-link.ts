/** Links: who may open one. What is asked over it is answered in serve-link.ts. */
import type { IncomingMessage } from 'node:http'
import { WebSocketServer } from 'ws'
import { LINK_MESSAGE_BYTES, LINK_PATH } from '#contract/wire/agreed.ts'
import { bearerOf, callerWithToken, type Token } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { asWireFailure, endWithFailure } from '#server/error-replies.ts'
import { serveLink } from '#server/link/serve-link.ts'
import type { LinkedRoute } from '#server/routes/linked-route.ts'
import type { MallApp } from '#server/routes/mall-app.ts'
import { WireFailure } from '#server/wire-failure.ts'

export function addLink(app: MallApp, server: ServerContext, linked: readonly LinkedRoute[]): void {
  const routes = new Map(linked.map((route) => [route.path, route]))
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: LINK_MESSAGE_BYTES })
  let isClosing = false

  app.server.on('upgrade', (request, socket, head) => {
    // The other side may be gone at any time, which is its business.
    socket.on('error', () => socket.destroy())
    admit(server, request).then(
      (token) => {
        if (isClosing) socket.destroy()
        else
          sockets.handleUpgrade(request, socket, head, (link) =>
            serveLink(link, { server, token, routes, log: app.log }),
          )
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

/** The token of an enrolled device, which every request over the link is made with. Throws WireFailure. */
async function admit(server: ServerContext, { url, headers }: IncomingMessage): Promise<Token> {
  if (url !== LINK_PATH) throw new WireFailure('NOT_FOUND', 'there is no such route')
  const { token } = await callerWithToken(server, bearerOf(headers))
  return token
}

/** One link: reads requests, answers each as its route does over HTTP, and hangs up on whoever falls silent. */
import type { FastifyBaseLogger, FastifyError } from 'fastify'
import type { RawData, WebSocket } from 'ws'
import type { z } from 'zod'
import { HEARTBEAT_MS } from '#contract/wire/agreed.ts'
import { type LinkAnswer, LinkRequest } from '#contract/wire/link.ts'
import { callerWithToken, type Token } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { asWireFailure } from '#server/error-replies.ts'
import { refuseDoubt, refuseStranger } from '#server/identity/doubt.ts'
import { parseJson } from '#server/parse-json.ts'
import type { LinkedRoute } from '#server/routes/linked-route.ts'
import { WireFailure } from '#server/wire-failure.ts'

/** A device says something every heartbeat: one that missed so many is gone, and its PC may be without power. */
const SILENCE_MS = 6 * HEARTBEAT_MS
/** Of one link. What comes beyond them waits in the network. */
const MOST_UNDER_WAY = 32
/** WebSocket's own code for a message that breaks the rules. */
const POLICY_VIOLATION = 1008

type LinkContext = {
  server: ServerContext
  token: Token
  routes: ReadonlyMap<string, LinkedRoute>
  log: FastifyBaseLogger
}

export function serveLink(link: WebSocket, context: LinkContext): void {
  let underWay = 0
  const silence = setTimeout(() => link.terminate(), SILENCE_MS)
  link.on('close', () => clearTimeout(silence))
  // A message that is too long, or no WebSocket at all: the link has ended with its code by now.
  link.on('error', (error) => context.log.info(error, 'a link broke'))
  link.on('message', (data, isBinary) => {
    if (link.readyState !== link.OPEN) return
    silence.refresh()
    const request = isBinary ? null : readRequest(data)
    if (!request) {
      link.close(POLICY_VIOLATION, 'not a request')
      return
    }
    underWay += 1
    if (underWay === MOST_UNDER_WAY) link.pause()
    void answer(request, context).then((reply) => {
      link.send(reply)
      underWay -= 1
      if (link.isPaused) link.resume()
    })
  })
}

function readRequest(data: RawData): z.infer<typeof LinkRequest> | null {
  return LinkRequest.safeParse(parseJson(String(data))).data ?? null
}

/** The text of the answer. Never rejects. */
async function answer(
  { n, path, body }: z.infer<typeof LinkRequest>,
  { server, token, routes, log }: LinkContext,
): Promise<string> {
  const say = (status: number, reply: unknown) =>
    JSON.stringify({ n, status, body: reply } satisfies z.infer<typeof LinkAnswer>)
  try {
    // As with every request: a device may have been revoked a moment ago.
    const caller = await callerWithToken(server, token)
    refuseDoubt(caller.device)
    refuseStranger(caller.context, caller.device)
    const route = routes.get(path)
    if (!route) throw new WireFailure('NOT_FOUND', 'there is no such route on a link')
    return say(200, await route.ask(caller, body))
  } catch (error) {
    const failure = asWireFailure(error as FastifyError)
    if (failure.code === 'INTERNAL') log.error(error, 'request failed')
    const { statusCode, code, message } = failure
    return say(statusCode, { code, message })
  }
}

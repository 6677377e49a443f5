/** One link: reads requests, answers each as its route does over HTTP, and hangs up on whoever falls silent. */
import type { FastifyBaseLogger, FastifyError } from 'fastify'
import type { RawData, WebSocket } from 'ws'
import type { z } from 'zod'
import { HEARTBEAT_MS } from '#contract/wire/agreed.ts'
import { type LinkAnswer, type LinkReply, LinkRequest } from '#contract/wire/link.ts'
import { callerWithToken, type Token } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { asWireFailure } from '#server/error-replies.ts'
import { refuseDoubt, refuseStranger } from '#server/identity/doubt.ts'
import { parseJson } from '#server/parse-json.ts'
import type { LinkedRoute } from '#server/routes/linked-route.ts'
import type { UnderWay } from '#server/under-way.ts'
import { WireFailure } from '#server/wire-failure.ts'

/** A device says something every heartbeat: one that missed so many is gone, and its PC may be without power. */
const SILENCE_MS = 6 * HEARTBEAT_MS
/** Of one link, until their answers are on the wire. What comes beyond them waits. */
const MOST_UNDER_WAY = 32
/** WebSocket's own code for a message that breaks the rules. */
const POLICY_VIOLATION = 1008

type LinkContext = {
  server: ServerContext
  token: Token
  routes: ReadonlyMap<string, LinkedRoute>
  underWay: UnderWay
  log: FastifyBaseLogger
}

type Request = z.infer<typeof LinkRequest>

export function serveLink(link: WebSocket, context: LinkContext): void {
  /** Read already: one piece of the network may hold many, which come all at once. */
  const waiting: Request[] = []
  let underWay = 0
  // Also of one that takes no answer any more: then nothing is read, either.
  const silence = setTimeout(() => link.terminate(), SILENCE_MS)

  async function answer(request: Request): Promise<void> {
    const { status, body } = await context.underWay.hold(replyTo(request, context))
    link.send(JSON.stringify({ n: request.n, status, body } satisfies z.infer<typeof LinkAnswer>), (error) => {
      underWay -= 1
      if (error) return
      silence.refresh()
      takeNext()
    })
    // Nothing that it asks for will be answered otherwise.
    if (status === 401) end('not enrolled')
  }

  function end(why: string): void {
    link.close(POLICY_VIOLATION, why)
    // The other side's farewell has to be read.
    link.resume()
  }

  function takeNext(): void {
    // Of one that ends nothing more is begun: nobody would hear of it.
    if (link.readyState !== link.OPEN) return
    while (underWay < MOST_UNDER_WAY) {
      const request = waiting.shift()
      if (!request) break
      underWay += 1
      void answer(request)
    }
    if (underWay >= MOST_UNDER_WAY) link.pause()
    else if (link.isPaused) link.resume()
  }

  link.on('close', () => clearTimeout(silence))
  // A message that is too long, or no WebSocket at all: the link has ended with its code by now.
  link.on('error', (error) => context.log.info(error, 'a link broke'))
  link.on('message', (data, isBinary) => {
    if (link.readyState !== link.OPEN) return
    silence.refresh()
    const request = isBinary ? null : readRequest(data)
    if (!request) {
      end('not a request')
      return
    }
    waiting.push(request)
    takeNext()
  })
}

function readRequest(data: RawData): Request | null {
  return LinkRequest.safeParse(parseJson(String(data))).data ?? null
}

/** Never rejects. */
async function replyTo({ path, body }: Request, { server, token, routes, log }: LinkContext): Promise<LinkReply> {
  try {
    // As with every request: a device may have been revoked a moment ago.
    const caller = await callerWithToken(server, token)
    refuseDoubt(caller.device)
    refuseStranger(caller.context, caller.device)
    const route = routes.get(path)
    if (!route) throw new WireFailure('NOT_FOUND', 'there is no such route on a link')
    return { status: 200, body: await route.ask(caller, body) }
  } catch (error) {
    const failure = asWireFailure(error as FastifyError)
    if (failure.code === 'INTERNAL') log.error(error, 'request failed')
    const { statusCode, code, message } = failure
    return { status: statusCode, body: { code, message } }
  }
}

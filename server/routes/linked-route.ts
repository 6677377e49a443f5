import type { FastifySchema } from 'fastify'
import type { z } from 'zod'
import { type Caller, callerOf } from '#server/auth.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'
import { wrongBody } from '#server/wire-failure.ts'

/** A route that devices ask over their link as well as by HTTP: what somebody waits for, and what comes every few seconds. */
export type LinkedRoute = {
  path: string
  add: AddRoute
  /** `body` has still to be looked at. Throws WireFailure. */
  ask(caller: Caller, body: unknown): Promise<unknown>
}

export function linkedRoute<Body extends z.ZodType, Reply extends z.ZodType>({
  path,
  summary,
  body: bodyShape,
  reply,
  answer,
}: {
  path: string
  summary: string
  body: Body
  reply: Reply
  answer(caller: Caller, body: z.output<Body>): Promise<z.input<Reply>>
}): LinkedRoute {
  return {
    path,
    add(app) {
      const schema: FastifySchema = { summary, body: bodyShape, response: { 200: reply, ...ERRORS } }
      app.post(path, { schema }, async (request) => answer(callerOf(request), request.body as z.output<Body>))
    },
    async ask(caller, body) {
      const read = bodyShape.safeParse(body)
      if (!read.success) throw wrongBody(read.error)
      // As by HTTP: nothing leaves the server that the shape does not name.
      return reply.parse(await answer(caller, read.data))
    },
  }
}

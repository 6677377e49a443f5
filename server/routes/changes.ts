import type { Writable } from 'node:stream'
import { z } from 'zod'
import { HEARTBEAT_MS } from '#contract/wire/agreed.ts'
import { Change } from '#contract/wire/changes.ts'
import { contextOf, deviceOf } from '#server/auth.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'
import { streamChanges } from '#server/stream/change-stream.ts'

const Cursor = z.looseObject({
  'last-event-id': z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .optional(),
})

/** `gzip`: long pages may come packed. Of anything else nothing is known here, and they come as they are. */
const Pack = z.looseObject({ pack: z.unknown().optional() })

export const addChanges: AddRoute = (app) => {
  /** A device has one stream. A newer one ends the older: after a cut the old connection may look open for minutes. */
  const streams = new Map<string, Writable>()
  let isEnding = false

  app.addHook('preClose', async () => {
    isEnding = true
    for (const stream of streams.values()) stream.end()
  })

  app.get(
    '/v1/changes',
    {
      schema: {
        summary:
          'Server-sent events: each data line is one Change, or a packed page of them, each id the cursor for Last-Event-ID',
        headers: Cursor,
        querystring: Pack,
        response: {
          200: { description: 'A stream of Change', content: { 'text/event-stream': { schema: Change } } },
          ...ERRORS,
        },
      },
    },
    async (request, reply) => {
      const device = deviceOf(request)
      const stream = reply.raw
      reply.hijack()
      streams.get(device.id)?.destroy()
      streams.set(device.id, stream)
      stream.once('close', () => {
        if (streams.get(device.id) === stream) streams.delete(device.id)
      })
      // It ends with its connection, so nothing has to frame its pieces: a message is one string to write instead of four.
      stream.removeHeader('transfer-encoding')
      stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'close' })
      stream.flushHeaders()
      // Whoever comes back while the server still answers others has nothing to wait for here.
      if (isEnding) {
        stream.end()
        return
      }
      try {
        await streamChanges(contextOf(request), device, stream, {
          after: Number(request.headers['last-event-id'] ?? 0),
          heartbeatMs: HEARTBEAT_MS,
          isPacked: request.query.pack === 'gzip',
        })
      } catch (error) {
        // The reply is under way, so the only message left is to hang up: the device comes again with its cursor.
        request.log.error(error, 'change stream failed')
        stream.destroy()
      }
    },
  )
}

import { PushReply, PushRequest } from '#contract/wire/push.ts'
import { contextOf, deviceOf } from '#server/auth.ts'
import { pushEvents } from '#server/push/push-events.ts'
import { createPushReader } from '#server/push/reading/push-reader.ts'
import { BODY_LIMIT } from '#server/push/reading/read-push.ts'
import { type AddRoute, ERRORS, type MallApp } from '#server/routes/mall-app.ts'
import { isPacked } from '#server/unpack-body.ts'

export const addEvents: AddRoute = (app) => {
  const reader = createPushReader(app.log)
  app.addHook('onClose', () => reader.close())
  // Only in here a body stays as it came.
  app.register(async (scope: MallApp) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser<Buffer>(
      'application/json',
      { parseAs: 'buffer' },
      async (_request: unknown, bytes: Buffer) => bytes,
    )
    scope.post(
      '/v1/events',
      {
        bodyLimit: BODY_LIMIT,
        config: { unpacksItself: true },
        // The shape is for whoever reads about this route; the reader checks it.
        validatorCompiler: () => (value) => ({ value }),
        schema: {
          summary: "Push the next piece of this device's chain; the reply comes after the commit",
          body: PushRequest,
          response: { 200: PushReply, ...ERRORS },
        },
      },
      async (request) => {
        const device = deviceOf(request)
        const body: unknown = request.body
        const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
        const push = await reader.read(device.id, { bytes, isPacked: isPacked(request) })
        return pushEvents(contextOf(request), device, push)
      },
    )
  })
}

import { PushReply, PushRequest } from '#contract/wire/push.ts'
import { contextOf, deviceOf } from '#server/auth.ts'
import { pushEvents } from '#server/push/push-events.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

/** 500 events of 16 Ki characters fit, escapes included. */
const BODY_LIMIT = 16 * 1024 * 1024

export const addEvents: AddRoute = (app) => {
  app.post(
    '/v1/events',
    {
      bodyLimit: BODY_LIMIT,
      schema: {
        summary: "Push the next piece of this device's chain; the reply comes after the commit",
        body: PushRequest,
        response: { 200: PushReply, ...ERRORS },
      },
    },
    async (request) => pushEvents(contextOf(request), deviceOf(request), request.body),
  )
}

import { OpenCounterReply } from '#contract/wire.ts'
import { counterOf, deviceOf } from '#server/auth.ts'
import { openCounter } from '#server/queue/sessions.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addCountersOpen: AddRoute = (app, context) => {
  app.post(
    '/v1/counters/open',
    { schema: { summary: "Begin the counter's session", response: { 200: OpenCounterReply, ...ERRORS } } },
    async (request) => {
      const device = deviceOf(request)
      const counterId = counterOf(device)
      return { counterId, epoch: await openCounter(context, device, counterId) }
    },
  )
}

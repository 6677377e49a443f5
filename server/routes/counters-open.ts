import { OpenCounterReply } from '#contract/wire/hands.ts'
import { contextOf, counterOf, deviceOf } from '#server/auth.ts'
import { allotEpoch } from '#server/queue/sessions.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addCountersOpen: AddRoute = (app) => {
  app.post(
    '/v1/counters/open',
    {
      schema: {
        summary: 'The epoch under which this device may open its counter',
        response: { 200: OpenCounterReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      const counterId = counterOf(device)
      return { counterId, epoch: await allotEpoch(contextOf(request), device, counterId) }
    },
  )
}

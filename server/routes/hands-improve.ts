import { ImproveReply, ImproveRequest } from '#contract/wire/hands.ts'
import { contextOf, counterOf, deviceOf } from '#server/auth.ts'
import { improveHand } from '#server/queue/improve-hand.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addHandsImprove: AddRoute = (app) => {
  app.post(
    '/v1/hands/improve',
    {
      schema: {
        summary: 'The best entry that nobody holds or that a healthy counter gives back in time, if it beats the hand',
        body: ImproveRequest,
        response: { 200: ImproveReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      return { grants: await improveHand(contextOf(request), device, counterOf(device), request.body.epoch) }
    },
  )
}

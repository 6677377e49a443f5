import { ImproveReply, ImproveRequest } from '#contract/wire.ts'
import { counterOf, deviceOf } from '#server/auth.ts'
import { improveHand } from '#server/queue/improve-hand.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addHandsImprove: AddRoute = (app, context) => {
  app.post(
    '/v1/hands/improve',
    {
      schema: {
        summary: 'Grant the best entry that nobody holds, if it beats the hand',
        body: ImproveRequest,
        response: { 200: ImproveReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      return { grants: await improveHand(context, device, counterOf(device), request.body.epoch) }
    },
  )
}

import { WantedReply, WantedRequest } from '#contract/wire/hands.ts'
import { contextOf, counterOf, deviceOf } from '#server/auth.ts'
import { takeWanted } from '#server/queue/take-wanted.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addHandsWanted: AddRoute = (app) => {
  app.post(
    '/v1/hands/wanted',
    {
      schema: {
        summary: 'This very entry, which nobody holds or a healthy counter gives back in time',
        body: WantedRequest,
        response: { 200: WantedReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      return takeWanted(contextOf(request), device, counterOf(device), request.body)
    },
  )
}

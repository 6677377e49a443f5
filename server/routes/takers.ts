import { TakersReply } from '#contract/wire/hands.ts'
import { contextOf, counterOf, deviceOf } from '#server/auth.ts'
import { takersOfServices } from '#server/queue/takers-of-services.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addTakers: AddRoute = (app) => {
  app.get(
    '/v1/takers',
    {
      schema: {
        summary: 'Which other counters are open and take the services of this one now',
        response: { 200: TakersReply, ...ERRORS },
      },
    },
    async (request) => ({
      services: await takersOfServices(contextOf(request), counterOf(deviceOf(request))),
    }),
  )
}

import { LeaseReply, LeaseRequest } from '#contract/wire/numbers.ts'
import { contextOf, deviceOf, requireFrontDesk } from '#server/auth.ts'
import { leaseNumbers } from '#server/queue/number-leases.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addNumberLeases: AddRoute = (app) => {
  app.post(
    '/v1/number-leases',
    {
      schema: {
        summary: 'A block of running numbers for one service and date',
        body: LeaseRequest,
        response: { 200: LeaseReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      requireFrontDesk(device)
      return leaseNumbers(contextOf(request), device, request.body)
    },
  )
}

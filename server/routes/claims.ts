import { ClaimReply, ClaimRequest } from '#contract/wire/hands.ts'
import { contextOf, counterOf, deviceOf } from '#server/auth.ts'
import { claimSlip } from '#server/custody/claim-slip.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addClaims: AddRoute = (app) => {
  app.post(
    '/v1/claims',
    {
      schema: {
        summary: 'A visitor stands at this desk with a slip: may it be served here?',
        body: ClaimRequest,
        response: { 200: ClaimReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      return claimSlip(contextOf(request), device, counterOf(device), request.body)
    },
  )
}

import { SlipKeysReply } from '#contract/wire/numbers.ts'
import { contextOf, tokenOf } from '#server/auth.ts'
import { slipKeysFor } from '#server/identity/slip-keys.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addSlipKeys: AddRoute = (app) => {
  app.get(
    '/v1/slip-keys',
    {
      schema: {
        summary: "The mall's keys for slips from yesterday to seven days ahead, sealed for this device",
        response: { 200: SlipKeysReply, ...ERRORS },
      },
    },
    async (request) => slipKeysFor(contextOf(request), tokenOf(request)),
  )
}

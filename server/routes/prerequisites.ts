import { z } from 'zod'
import { Uuid } from '#contract/events.ts'
import { PrerequisitesReply } from '#contract/wire/texts.ts'
import { contextOf, counterOf, deviceOf } from '#server/auth.ts'
import { readPrerequisites } from '#server/queue/personal-texts.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addPrerequisites: AddRoute = (app) => {
  app.get(
    '/v1/visits/:visitId/prerequisites',
    {
      schema: {
        summary: 'What earlier steps handed over, for the holder of the open entry',
        params: z.strictObject({ visitId: Uuid }),
        response: { 200: PrerequisitesReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      counterOf(device)
      return { texts: await readPrerequisites(contextOf(request), device, request.params.visitId) }
    },
  )
}

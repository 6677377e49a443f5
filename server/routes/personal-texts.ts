import { PersonalTextsReply, PersonalTextsRequest } from '#contract/wire/texts.ts'
import { contextOf, counterOf, deviceOf } from '#server/auth.ts'
import { storePersonalTexts } from '#server/queue/personal-texts.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addPersonalTexts: AddRoute = (app) => {
  app.post(
    '/v1/personal-texts',
    {
      schema: {
        summary: 'Values whose hashes are in pushed events',
        body: PersonalTextsRequest,
        response: { 200: PersonalTextsReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      counterOf(device)
      return { stored: await storePersonalTexts(contextOf(request), device, request.body.texts) }
    },
  )
}

import { RecallAnswerReply, RecallAnswerRequest } from '#contract/wire/hands.ts'
import { contextOf, counterOf, deviceOf } from '#server/auth.ts'
import { takeRecallAnswer } from '#server/custody/recall.ts'
import { type AddRoute, ERRORS } from '#server/routes/mall-app.ts'

export const addRecallAnswers: AddRoute = (app) => {
  app.post(
    '/v1/recalls/answers',
    {
      schema: {
        summary: 'What became of an entry that was asked back',
        body: RecallAnswerRequest,
        response: { 200: RecallAnswerReply, ...ERRORS },
      },
    },
    async (request) => {
      const device = deviceOf(request)
      counterOf(device)
      await takeRecallAnswer(contextOf(request), device, request.body)
      return {}
    },
  )
}

import { RecallAnswerReply, RecallAnswerRequest } from '#contract/wire/hands.ts'
import { counterOf } from '#server/auth.ts'
import { takeRecallAnswer } from '#server/custody/recall.ts'
import { linkedRoute } from '#server/routes/linked-route.ts'

export const recallAnswers = linkedRoute({
  path: '/v1/recalls/answers',
  summary: 'What became of an entry that was asked back',
  body: RecallAnswerRequest,
  reply: RecallAnswerReply,
  async answer({ context, device }, answer) {
    counterOf(device)
    await takeRecallAnswer(context, device, answer)
    return {}
  },
})

import { ImproveReply, ImproveRequest } from '#contract/wire/hands.ts'
import { counterOf } from '#server/auth.ts'
import { improveHand } from '#server/queue/improve-hand.ts'
import { linkedRoute } from '#server/routes/linked-route.ts'

export const handsImprove = linkedRoute({
  path: '/v1/hands/improve',
  summary: 'The best entry that nobody holds or that a healthy counter gives back in time, if it beats the hand',
  body: ImproveRequest,
  reply: ImproveReply,
  answer: async ({ context, device }, { epoch }) => ({
    grants: await improveHand(context, device, counterOf(device), epoch),
  }),
})

import { WantedReply, WantedRequest } from '#contract/wire/hands.ts'
import { counterOf } from '#server/auth.ts'
import { takeWanted } from '#server/queue/take-wanted.ts'
import { linkedRoute } from '#server/routes/linked-route.ts'

export const handsWanted = linkedRoute({
  path: '/v1/hands/wanted',
  summary: 'This very entry, which nobody holds or a healthy counter gives back in time',
  body: WantedRequest,
  reply: WantedReply,
  answer: ({ context, device }, wanted) => takeWanted(context, device, counterOf(device), wanted),
})

import { ClaimReply, ClaimRequest } from '#contract/wire/hands.ts'
import { counterOf } from '#server/auth.ts'
import { claimSlip } from '#server/custody/claim-slip.ts'
import { linkedRoute } from '#server/routes/linked-route.ts'

export const claims = linkedRoute({
  path: '/v1/claims',
  summary: 'A visitor stands at this desk with a slip: may it be served here?',
  body: ClaimRequest,
  reply: ClaimReply,
  answer: ({ context, device }, claim) => claimSlip(context, device, counterOf(device), claim),
})

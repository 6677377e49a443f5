/** The answer to a claim: may a slip be served here? */
import type { ClaimReply } from '#contract/wire/hands.ts'
import type { ClaimAnswer, CoreContext } from '#main/host/context.ts'
import { takeGrant } from '#main/host/take-grant.ts'

export function takeClaim(context: CoreContext, reply: ClaimReply): ClaimAnswer {
  if (reply.kind !== 'granted') return reply
  context.store.transaction(() => takeGrant(context, reply.grant))
  return { kind: 'granted' }
}

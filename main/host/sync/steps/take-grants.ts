/** Grants that come as an answer: to "improve the hand" and to a claim. */
import type { ClaimReply, Grant } from '#contract/wire.ts'
import type { ClaimAnswer, CoreContext } from '#main/host/context.ts'

/** Inside the caller's transaction. A grant that is late, or comes twice, changes nothing. */
export function takeGrant({ repositories }: CoreContext, grant: Grant): void {
  // From before the server was restored, and not told when this desk told all that it had: it was dealt anew since.
  if (grant.grant.incarnation < (repositories.device.get()?.incarnation ?? 0)) return
  repositories.hand.grant({ ...grant, isPriority: grant.priority !== null })
}

export function takeClaim(context: CoreContext, reply: ClaimReply): ClaimAnswer {
  if (reply.kind !== 'granted') return reply
  context.store.transaction(() => takeGrant(context, reply.grant))
  return { kind: 'granted' }
}

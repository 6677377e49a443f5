/** Custody that the dealer gives this counter, however it is told: by the stream, or in answer to a question. */
import type { Grant } from '#contract/wire/hands.ts'
import type { CoreContext } from '#main/host/context.ts'

/** Inside the caller's transaction. A grant that is late, or comes twice, changes nothing. */
export function takeGrant({ repositories }: CoreContext, grant: Grant): void {
  // From before the server was restored, and not told when this desk told all that it had: it was dealt anew since.
  if (grant.grant.incarnation < (repositories.device.get()?.incarnation ?? 0)) return
  repositories.hand.grant({ ...grant, isPriority: grant.priority !== null })
}

/** Custody goes back to the dealer although the holder's own events have not said so yet. */

import type { MallContext } from '#server/context.ts'
import { claimOf, putClaim, unopenedClaim } from '#server/custody/claims.ts'
import { holderOf, UNHELD } from '#server/custody/custody.ts'
import { settleEntry } from '#server/custody/settle-entry.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

/**
 * `given_back`: the holder said so in answer to a recall; whatever it did under this grant before is history when it comes.
 * `reclaimed`: a supervisor said so; what the holder did all the same will count when it comes.
 */
export async function freeEntry(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  visitId: string,
  entryNo: number,
  how: 'given_back' | 'reclaimed',
): Promise<void> {
  await touched.entries.load(trx, [{ visitId }])
  const state = touched.entries.entry(visitId, entryNo)
  const holder = state && holderOf(state)
  if (!state || !holder) return
  const claim = claimOf(state, holder.deviceId)
  if (how === 'given_back') {
    const { incarnation: grant_incarnation, n: grant_n } = holder.grant
    putClaim(touched, state, {
      ...(claim ?? unopenedClaim(state, holder)),
      standing: 'given_back',
      grant_incarnation,
      grant_n,
    })
  } else if (claim) putClaim(touched, state, { ...claim, standing: 'reclaimed' })
  touched.entries.patch(state, UNHELD)
  touched.entryMoved(state.row)
  await settleEntry(trx, touched, context, visitId, entryNo)
}

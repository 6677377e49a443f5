/** Another counter's claim on an entry that this desk has: it gives way, but only to one that outranks its own. */
import type { Change } from '#contract/wire/changes.ts'
import { type Claim, outranks } from '#domain/claim.ts'
import type { Entry } from '#domain/entry.ts'
import { isEnded } from '#domain/entry-status.ts'
import type { CoreContext } from '#main/host/context.ts'
import { recordFacts } from '#main/host/record.ts'

/** Inside the caller's transaction. */
export function takeSuperseded(
  context: CoreContext,
  { visitId, entryNo, claim, counterId }: Extract<Change, { kind: 'superseded' }>,
): void {
  const { hand, entries, queue } = context.repositories
  const ref = { visitId, entryNo }
  queue.remove(ref)
  const entry = entries.get(ref)
  if (entry && entry.strength > 0) {
    // The stated claim is a lower bound of the other's, so two desks never both give way.
    if (!isEnded(entry.status) && outranks(claim, ownClaim(context, entry))) {
      recordFacts(context, [{ type: 'entry.superseded', data: { ...ref, byCounterId: counterId } }], null)
    }
    return
  }
  const row = hand.get(ref)
  if (row?.state === 'held') hand.setState(ref, 'void')
  // Its grant is still on the way; what the winner's own is newer than will not be taken.
  if (!row) hand.tombstones.put(ref, claim.grant)
}

function ownClaim({ repositories }: CoreContext, { strength, grant }: Entry): Claim {
  return { strength, grant, deviceId: repositories.device.get()?.device_id ?? '' }
}

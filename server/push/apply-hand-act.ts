/** What a counter says of entries in its hand that it did not call: given back, taken back again, over, dropped. */
import type { FindingCode } from '#contract/wire/finding.ts'
import type { EntryEvent } from '#domain/entry.ts'
import { claimOf, putClaim, unopenedClaim } from '#server/custody/claims.ts'
import { heldBy, heldWithout, isHeldUnder } from '#server/custody/custody.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { settleEntry } from '#server/custody/settle-entry.ts'
import { foldClaim } from '#server/push/fold-claim.ts'
import { actorOf, type PushScope } from '#server/push/push-scope.ts'

export type HandEvent = Extract<
  EntryEvent,
  { type: 'entry.released' | 'entry.release_undone' | 'entry.expired' | 'entry.superseded' }
>

export async function applyHandAct(scope: PushScope, event: HandEvent): Promise<FindingCode[]> {
  const { visitId, entryNo } = event.data
  if (scope.touched.entries.visit(visitId).isForeign) return ['NOT_YOURS']
  const state = scope.touched.entries.entry(visitId, entryNo)
  if (!state) return ['UNKNOWN_VISIT']
  const finding = actOn(scope, state, event)
  if (finding) return [finding]
  await settleEntry(scope.trx, scope.touched, scope.context, visitId, entryNo, actorOf(scope, event.seq))
  return []
}

function actOn(scope: PushScope, state: EntryState, event: HandEvent): FindingCode | null {
  switch (event.type) {
    case 'entry.released':
      return release(scope, state, event)
    case 'entry.release_undone':
      return undoRelease(scope, state, event)
    case 'entry.expired':
      return expire(scope, state, event)
    case 'entry.superseded':
      if (!claimOf(state, scope.device.id)) return null
      return foldClaim(scope, state, event) ? null : 'STATUS_CONFLICT'
  }
}

/** Of a grant that is not the present one it has no effect: the answer to a recall was here before. */
function release(
  scope: PushScope,
  state: EntryState,
  event: Extract<HandEvent, { type: 'entry.released' }>,
): FindingCode | null {
  const { touched, device } = scope
  const isCurrent = isHeldUnder(state.row, device.id, event.data.grant)
  const isAllowed = !claimOf(state, device.id) || foldClaim(scope, state, event)
  if (!isCurrent) return null
  if (!isAllowed) return 'STATUS_CONFLICT'
  touched.entries.patch(state, heldWithout(state, device.id))
  return null
}

/** Possible as long as nobody else was given the entry. */
function undoRelease(
  { touched, device }: PushScope,
  state: EntryState,
  { data: { visitId, entryNo, grant }, counterId }: Extract<HandEvent, { type: 'entry.release_undone' }>,
): FindingCode | null {
  const { row } = state
  if (isHeldUnder(row, device.id, grant)) return null
  const isFree = row.device_id === null && row.status === 'waiting'
  if (!isFree || touched.entries.entry(visitId, entryNo + 1)) return 'UNDO_TOO_LATE'
  touched.entries.patch(state, heldBy(row, { deviceId: device.id, counterId, grant }))
  return null
}

/** Its day ended before it was called. What others did with it all the same counts before this. */
function expire(
  scope: PushScope,
  state: EntryState,
  event: Extract<HandEvent, { type: 'entry.expired' }>,
): FindingCode | null {
  const { touched, device } = scope
  const isCurrent = isHeldUnder(state.row, device.id, event.data.grant)
  if (claimOf(state, device.id)) {
    const isAllowed = foldClaim(scope, state, event)
    return isAllowed || !isCurrent ? null : 'STATUS_CONFLICT'
  }
  if (!isCurrent) return null
  const { counterId, data, at, epoch, officerId } = event
  putClaim(touched, state, {
    ...unopenedClaim(state, { deviceId: device.id, counterId, grant: data.grant }),
    status: 'expired',
    ended_at: at,
    epoch,
    officer_id: officerId,
  })
  return null
}

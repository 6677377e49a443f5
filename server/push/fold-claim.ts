/** One more event of a device on an entry, folded into that device's claim as its own log folds it. */
import { applyEvent, type EntryEvent, ForbiddenAct } from '#domain/entry.ts'
import type { ReturnsTo } from '#domain/events.ts'
import { claimOf, fromEntry, putClaim, toEntry } from '#server/custody/claims.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { isBeforeAssertion, type PushScope } from '#server/push/push-scope.ts'
import type { ClaimRow } from '#server/store/schema.ts'

/** False when the table of acts forbids it: then nothing has changed. `event` has the server's time. */
export function foldClaim(scope: PushScope, state: EntryState, event: EntryEvent): boolean {
  const { touched, device } = scope
  const known = claimOf(state, device.id)
  const before = known && beginsAnew(known, event, isBeforeAssertion(scope, event.seq)) ? null : known
  try {
    const after = applyEvent(before && toEntry(before, state.row), event)
    if (!after) return true
    const claim: ClaimRow = {
      ...fromEntry(after),
      device_id: device.id,
      mall_id: state.row.mall_id,
      epoch: event.epoch,
      standing: standingAfter(before, event),
      ...givenOn(before, event),
    }
    putClaim(touched, state, before?.standing === 'asserted' ? { ...claim, ...grantOf(before) } : claim)
    return true
  } catch (error) {
    if (error instanceof ForbiddenAct) return false
    throw error
  }
}

const NOTHING_GIVEN = {
  to_counter_id: null,
  to_journey_id: null,
  to_place: null,
  to_returns_service_id: null,
  to_returns_counter_id: null,
  to_returns_journey_id: null,
}

const LETTING_GO: ReadonlySet<EntryEvent['type']> = new Set([
  'entry.released',
  'entry.superseded',
  'entry.expired',
] satisfies EntryEvent['type'][])

/**
 * Opened under another custody than the one that was given back or taken: a new chain may not know of the old act. Where a device
 * asserted its custody, all but what it had opened under another one by then (`isTold`).
 */
function beginsAnew(claim: ClaimRow, event: EntryEvent, isTold: boolean): boolean {
  const { standing } = claim
  if (standing === 'active' || (event.type !== 'entry.called' && event.type !== 'entry.presented')) return false
  const { incarnation, n } = event.data.grant
  const isOther = incarnation !== claim.grant_incarnation || n !== claim.grant_n
  return standing === 'asserted' ? !(isOther && isTold) : isOther
}

function grantOf({ grant_incarnation, grant_n }: ClaimRow): Pick<ClaimRow, 'grant_incarnation' | 'grant_n'> {
  return { grant_incarnation, grant_n }
}

function standingAfter(before: ClaimRow | null, event: EntryEvent): ClaimRow['standing'] {
  if (!before) return 'active'
  // What comes late about the custody that was given back is history.
  if (before.standing === 'given_back' || before.standing === 'asserted') return before.standing
  return LETTING_GO.has(event.type) ? before.standing : 'active'
}

/** Where the visit goes on, as long as the entry is given away, or completed with a way back. */
function givenOn(before: ClaimRow | null, event: EntryEvent): Pick<ClaimRow, keyof typeof NOTHING_GIVEN> {
  switch (event.type) {
    case 'entry.forwarded':
      return { ...NOTHING_GIVEN, to_journey_id: event.data.journeyId, ...wayBack(event.data) }
    case 'entry.transferred': {
      const { toCounterId: to_counter_id, journeyId, place } = event.data
      return { to_counter_id, to_journey_id: journeyId ?? null, to_place: place ?? null, ...wayBack(event.data) }
    }
    case 'entry.completed': {
      const { returnsTo } = event.data
      if (!returnsTo) return NOTHING_GIVEN
      return { ...NOTHING_GIVEN, to_counter_id: returnsTo.counterId, to_journey_id: returnsTo.journeyId }
    }
    case 'entry.give_away_undone':
      return NOTHING_GIVEN
    default:
      return before ? pickGiven(before) : NOTHING_GIVEN
  }
}

function wayBack({ returnsTo }: { returnsTo?: ReturnsTo | undefined }) {
  return {
    to_returns_service_id: returnsTo?.serviceId ?? null,
    to_returns_counter_id: returnsTo?.counterId ?? null,
    to_returns_journey_id: returnsTo?.journeyId ?? null,
  }
}

function pickGiven(claim: ClaimRow): Pick<ClaimRow, keyof typeof NOTHING_GIVEN> {
  const { to_counter_id, to_journey_id, to_place } = claim
  const { to_returns_service_id, to_returns_counter_id, to_returns_journey_id } = claim
  return { to_counter_id, to_journey_id, to_place, to_returns_service_id, to_returns_counter_id, to_returns_journey_id }
}

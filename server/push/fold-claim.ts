/** One more event of a device on an entry, folded into that device's claim as its own log folds it. */
import { applyEvent, type EntryEvent, ForbiddenAct } from '#domain/entry.ts'
import { claimOf, fromEntry, putClaim, toEntry } from '#server/custody/claims.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { ClaimRow } from '#server/store/schema.ts'

/** False when the table of acts forbids it: then nothing has changed. `event` has the server's time. */
export function foldClaim(touched: Touched, state: EntryState, deviceId: string, event: EntryEvent): boolean {
  const known = claimOf(state, deviceId)
  const before = known && beginsAnew(known, event) ? null : known
  try {
    const after = applyEvent(before && toEntry(before, state.row), event)
    if (!after) return true
    putClaim(touched, state, {
      ...(before ?? NOTHING_GIVEN),
      ...fromEntry(after),
      device_id: deviceId,
      mall_id: state.row.mall_id,
      epoch: event.epoch,
      standing: standingAfter(before, event),
      ...givenOn(before, event),
    })
    return true
  } catch (error) {
    if (error instanceof ForbiddenAct) return false
    throw error
  }
}

const NOTHING_GIVEN = { to_counter_id: null, to_journey_id: null }

const LETTING_GO: ReadonlySet<EntryEvent['type']> = new Set([
  'entry.released',
  'entry.superseded',
  'entry.expired',
] satisfies EntryEvent['type'][])

/** Opened under another custody than the one that was given back or taken: a new chain may not know of the old act. */
function beginsAnew({ standing, grant_incarnation, grant_n }: ClaimRow, event: EntryEvent): boolean {
  if (standing === 'active' || (event.type !== 'entry.called' && event.type !== 'entry.presented')) return false
  const { incarnation, n } = event.data.grant
  return incarnation !== grant_incarnation || n !== grant_n
}

function standingAfter(before: ClaimRow | null, event: EntryEvent): ClaimRow['standing'] {
  if (!before) return 'active'
  // What comes late about the custody that was given back is history.
  if (before.standing === 'given_back') return 'given_back'
  return LETTING_GO.has(event.type) ? before.standing : 'active'
}

/** Where the visit goes on, as long as the entry is given away. */
function givenOn(before: ClaimRow | null, event: EntryEvent): Pick<ClaimRow, 'to_counter_id' | 'to_journey_id'> {
  switch (event.type) {
    case 'entry.forwarded':
      return { to_counter_id: null, to_journey_id: event.data.journeyId }
    case 'entry.transferred':
      return { to_counter_id: event.data.toCounterId, to_journey_id: null }
    case 'entry.give_away_undone':
      return NOTHING_GIVEN
    default:
      return before ? { to_counter_id: before.to_counter_id, to_journey_id: before.to_journey_id } : NOTHING_GIVEN
  }
}

/**
 * The next entry of a visit is there because the winner of this one sent it on, or completed it with a way back, and goes when that is
 * no longer so.
 */
import type { Rank } from '#domain/events.ts'
import { NOT_OPENED, UNHELD } from '#server/custody/custody.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { placeOf } from '#server/custody/place-in-line.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { ClaimRow, EntryRow } from '#server/store/schema.ts'

export function followForward(
  touched: Touched,
  { row }: EntryState,
  winner: ClaimRow | null,
  bornIncarnation: number,
): void {
  const next = touched.entries.visit(row.visit_id).entries.get(row.entry_no + 1)
  if (!winner || !goesOn(winner) || winner.to_service_id === null) {
    if (next && next.row.opened_by !== null && isUntouched(next)) touched.entries.removeEntry(next)
    return
  }
  const waitingSince = winner.ended_at ?? row.waiting_since
  const whereItLeads = {
    opened_by: winner.device_id,
    for_counter_id: winner.to_counter_id,
    journey_id: winner.to_journey_id,
    returns_service_id: winner.to_returns_service_id,
    returns_counter_id: winner.to_returns_counter_id,
    returns_journey_id: winner.to_returns_journey_id,
  }
  const asForwarded = {
    service_id: winner.to_service_id,
    waiting_since: waitingSince,
    ...placeOf({ waitingSince, ...placeAfter(row, winner, waitingSince) }),
    ...whereItLeads,
  }
  if (next) {
    // Somebody has had it before this forward came. Where it waits in line is theirs to say by now; where it leads, no slip told them.
    touched.entries.patch(next, isUntouched(next) ? asForwarded : whereItLeads)
    if (next.row.device_id === null) touched.entryMoved(next.row)
    return
  }
  const { visit_id, mall_id, label, business_date, priority, issued_at, noted } = row
  const added = touched.entries.addEntry({
    visit_id,
    entry_no: row.entry_no + 1,
    mall_id,
    label,
    business_date,
    priority,
    issued_at,
    noted,
    ...asForwarded,
    status: 'waiting',
    born_incarnation: bornIncarnation,
    ...UNHELD,
    ...NOT_OPENED,
  })
  touched.entryMoved(added.row)
}

function goesOn({ status }: ClaimRow): boolean {
  return status === 'forwarded' || status === 'completed'
}

/** Of which visit it is, the next entry knows always; whether the appointment ranks it is for the place to say. */
function placeAfter(row: EntryRow, winner: ClaimRow, sentAt: number) {
  return { appointmentAt: row.appointment_at ?? undefined, rank: nextRank(row, winner, sentAt) }
}

function nextRank(row: EntryRow, { status, to_place }: ClaimRow, sentAt: number): Rank | undefined {
  if (status === 'completed') return { since: sentAt, by: 'returned' }
  if (to_place === 'front') return { since: sentAt, by: 'front' }
  if (to_place === null) return undefined
  return { since: row.rank_since, by: row.rank_by === 'appointment' ? 'appointment' : 'arrival' }
}

/** Nobody holds it and nobody ever acted on it. */
export function isUntouched({ row, claims }: EntryState): boolean {
  return row.device_id === null && claims.size === 0
}

/**
 * The next entry of a visit is there because the winner of this one sent it on, or completed it with a way back, and goes when that is
 * no longer so.
 */
import type { Rank, ReturnsTo } from '#domain/events.ts'
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
  const asForwarded = {
    opened_by: winner.device_id,
    service_id: winner.to_service_id,
    for_counter_id: winner.to_counter_id,
    journey_id: winner.to_journey_id,
    waiting_since: waitingSince,
    ...placeOf({ waitingSince, ...promised(row, winner, waitingSince) }),
  }
  if (next) {
    // Somebody serves or holds it as it is: the forward only says where it came from.
    touched.entries.patch(next, isUntouched(next) ? asForwarded : { opened_by: winner.device_id })
    return
  }
  const { visit_id, mall_id, label, business_date, priority, issued_at } = row
  touched.entries.addEntry({
    visit_id,
    entry_no: row.entry_no + 1,
    mall_id,
    label,
    business_date,
    priority,
    issued_at,
    ...asForwarded,
    status: 'waiting',
    born_incarnation: bornIncarnation,
    ...UNHELD,
    ...NOT_OPENED,
  })
  touched.moved()
}

function goesOn({ status }: ClaimRow): boolean {
  return status === 'forwarded' || status === 'completed'
}

/** What the next entry takes along. Of which visit it is, it knows always; whether the appointment ranks it is for the place to say. */
function promised(row: EntryRow, winner: ClaimRow, sentAt: number) {
  const { to_returns_service_id: serviceId, to_returns_counter_id: counterId } = winner
  const returnsTo: ReturnsTo | undefined =
    serviceId === null || counterId === null
      ? undefined
      : { serviceId, counterId, journeyId: winner.to_returns_journey_id }
  return { appointmentAt: row.appointment_at ?? undefined, rank: nextRank(row, winner, sentAt), returnsTo }
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

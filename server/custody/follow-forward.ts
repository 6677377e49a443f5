/** The next entry of a visit is there because the winner of this one forwarded it, and goes when that is no longer so. */
import { NOT_OPENED, UNHELD } from '#server/custody/custody.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { ClaimRow } from '#server/store/schema.ts'

export function followForward(
  touched: Touched,
  { row }: EntryState,
  winner: ClaimRow | null,
  bornIncarnation: number,
): void {
  const next = touched.entries.visit(row.visit_id).entries.get(row.entry_no + 1)
  if (winner?.status !== 'forwarded' || winner.to_service_id === null) {
    if (next && next.row.opened_by !== null && isUntouched(next)) touched.entries.removeEntry(next)
    return
  }
  const asForwarded = {
    opened_by: winner.device_id,
    service_id: winner.to_service_id,
    for_counter_id: winner.to_counter_id,
    journey_id: winner.to_journey_id,
    waiting_since: winner.ended_at ?? row.waiting_since,
  }
  if (next) {
    // Somebody serves or holds it as it is: the forward only says where it came from.
    touched.entries.patch(next, isUntouched(next) ? asForwarded : { opened_by: winner.device_id })
    return
  }
  const { visit_id, mall_id, label, business_date, priority, issued_at, noted } = row
  touched.entries.addEntry({
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
  touched.moved()
}

/** Nobody holds it and nobody ever acted on it. */
export function isUntouched({ row, claims }: EntryState): boolean {
  return row.device_id === null && claims.size === 0
}

/** Tells the PC with the loudspeaker who was called in its zone, and who no longer is. */
import type { Mall } from '#server/config/mall.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { zoneAudience } from '#server/queue/audience.ts'
import type { Touched } from '#server/queue/touched.ts'

/** When the work is done and before it is recorded. */
export function tellZones(touched: Touched, { zoneOfCounter }: Pick<Mall, 'zoneOfCounter'>): void {
  if (zoneOfCounter.size === 0) return
  for (const { row, called } of touched.entries.shown) {
    const isStill = row.status === 'called' && row.counter_id === called?.counter_id
    if (called && !isStill) tell(touched, zoneOfCounter, called, null)
  }
  // What was called and served in one push needs no voice any more.
  for (const [{ row }, at] of touched.calls) {
    if (row.status === 'called') tell(touched, zoneOfCounter, row, at)
  }
}

function tell(
  touched: Touched,
  zoneOfCounter: Mall['zoneOfCounter'],
  {
    visit_id: visitId,
    entry_no: entryNo,
    label,
    counter_id: counterId,
    business_date: businessDate,
  }: EntryState['row'],
  calledAt: number | null,
): void {
  const zoneId = counterId === null ? undefined : zoneOfCounter.get(counterId)
  if (counterId === null || zoneId === undefined) return
  touched.tell({
    audience: zoneAudience(touched.mallId, zoneId),
    businessDate,
    change: { kind: 'call', visitId, entryNo, label, counterId, calledAt },
  })
}

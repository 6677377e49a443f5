/** An officer wrote something down: the hash is remembered, the text comes by its own way. Custody is not touched. */
import type { FindingCode } from '#contract/wire/finding.ts'
import type { EntryEvent } from '#domain/entry.ts'
import type { PushScope } from '#server/push/push-scope.ts'

export async function applyNote(
  { trx, touched, context, device }: PushScope,
  { data, counterId, officerId, at }: Extract<EntryEvent, { type: 'entry.noted' }>,
): Promise<FindingCode[]> {
  const { visitId, entryNo, valueHash } = data
  const visit = touched.entries.visit(visitId)
  if (visit.isForeign) return ['NOT_YOURS']
  if (!visit.entries.has(entryNo)) return ['UNKNOWN_VISIT']
  for (const state of visit.entries.values()) touched.entries.patch(state, { noted: 1 })
  await trx
    .insertInto('note')
    .values({
      visit_id: visitId,
      entry_no: entryNo,
      device_id: device.id,
      value_hash: valueHash,
      mall_id: context.mallId,
      // Whoever the counter belongs to later, the note stays with those who wrote it.
      agency_id: context.mall.counters.get(counterId ?? '')?.agencyId ?? null,
      counter_id: counterId,
      officer_id: officerId,
      noted_at: at,
      salt: null,
      value: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return []
}

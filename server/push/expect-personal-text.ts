import type { EventBody } from '#domain/events.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import type { Trx } from '#server/store/schema.ts'

/** Remembers the hash of what was handed over; the value itself comes by its own way and is checked against it. */
export async function expectPersonalText(
  trx: Trx,
  { mallId }: MallContext,
  device: Device,
  { data }: Extract<EventBody, { type: 'entry.forwarded' }>,
): Promise<void> {
  if (!data.handsOver) return
  const { key, valueHash } = data.handsOver
  const none = { salt: null, value: null, stored_at: null }
  await trx
    .insertInto('personal_text')
    .values({
      visit_id: data.visitId,
      entry_no: data.entryNo,
      key,
      device_id: device.id,
      mall_id: mallId,
      value_hash: valueHash,
      ...none,
    })
    // Forwarded, taken back and forwarded again: the text of the last one is what counts.
    .onConflict((conflict) =>
      conflict
        .columns(['visit_id', 'entry_no', 'key', 'device_id'])
        .doUpdateSet({ value_hash: valueHash, ...none })
        .where('personal_text.value_hash', '<>', valueHash),
    )
    .execute()
}

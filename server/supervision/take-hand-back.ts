/** Everything that a stopped desk has goes back to the dealer, and its session ends. */
import type { DecidedBy } from '#domain/server-facts.ts'
import type { MallContext } from '#server/context.ts'
import { freeEntry } from '#server/custody/free-entry.ts'
import { recordServerFact } from '#server/own-chain/record-server-fact.ts'
import { deviceAudience } from '#server/queue/audience.ts'
import { dealWaiting } from '#server/queue/deal-waiting.ts'
import { today } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { DeviceRow, Trx } from '#server/store/schema.ts'
import { IN_CUSTODY } from '#server/supervision/stranded-hands.ts'

export async function takeHandBack(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  device: DeviceRow,
  by: DecidedBy,
): Promise<void> {
  const entries = await trx
    .selectFrom('entry')
    .select(['visit_id', 'entry_no', 'grant_incarnation', 'grant_n'])
    .where('device_id', '=', device.id)
    .where('business_date', '=', today(context))
    .where('status', 'in', IN_CUSTODY)
    .orderBy('ord')
    .execute()
  for (const { visit_id, entry_no } of entries) {
    await freeEntry(trx, touched, context, visit_id, entry_no, 'reclaimed')
  }
  const epoch = await endSession(trx, touched, context, device)
  await forgetUnread(trx, context, device)
  // Its stream reads the database, not what memory still has of them.
  touched.wake(device.id)
  // It is known now what this device has: nothing.
  await trx.deleteFrom('barrier').where('device_id', '=', device.id).execute()
  await dealWaiting(trx, context, touched)
  const counterId = device.role_kind === 'counter' ? device.place_id : null
  const named = entries.map(({ visit_id, entry_no, grant_incarnation, grant_n }) => ({
    visitId: visit_id,
    entryNo: entry_no,
    grant: { incarnation: grant_incarnation ?? 0, n: grant_n ?? 0 },
  }))
  const data = { deviceId: device.id, counterId, epoch, entries: named }
  await recordServerFact(trx, context, { type: 'counter.reclaimed', data }, by)
}

/** The newest epoch that this device had; null when it never had one. Late events of that session will be flagged. */
async function endSession(
  trx: Trx,
  touched: Touched,
  { mallId, now }: MallContext,
  device: DeviceRow,
): Promise<number | null> {
  const newest = await trx
    .selectFrom('counter_session')
    .selectAll()
    .where('mall_id', '=', mallId)
    .where('device_id', '=', device.id)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!newest) return null
  const { counter_id: counterId, epoch } = newest
  await trx
    .updateTable('counter_session')
    .set({ reclaimed_at: newest.reclaimed_at ?? now(), closed_at: newest.closed_at ?? now() })
    .where('mall_id', '=', mallId)
    .where('counter_id', '=', counterId)
    .where('epoch', '=', epoch)
    .execute()
  touched.tellDevice(device.id, { businessDate: null, change: { kind: 'session_over', counterId, epoch } })
  return epoch
}

/** A grant that the desk has not read yet must not reach it after its entry was given to somebody else. */
async function forgetUnread(trx: Trx, { mallId }: MallContext, device: DeviceRow): Promise<void> {
  await trx
    .deleteFrom('change')
    .where('mall_id', '=', mallId)
    .where('audience', '=', deviceAudience(mallId, device.id))
    .where((eb) => eb.or([eb('body', 'like', '{"kind":"granted"%'), eb('body', 'like', '{"kind":"recalled"%')]))
    .execute()
}

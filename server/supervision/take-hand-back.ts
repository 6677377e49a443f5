/** Everything that a stopped desk has goes back to the dealer, and its sessions end. */
import type { DecidedBy } from '#domain/server-facts.ts'
import type { MallContext } from '#server/context.ts'
import { freeEntry } from '#server/custody/free-entry.ts'
import { recordServerFact } from '#server/own-chain/record-server-fact.ts'
import { deviceAudience } from '#server/queue/audience.ts'
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
  const epoch = await endSessions(trx, touched, context, device)
  await forgetUnread(trx, context, device)
  // It is known now what this device has: nothing.
  await trx.deleteFrom('barrier').where('device_id', '=', device.id).execute()
  touched.moved()
  const counterId = device.role_kind === 'counter' ? device.place_id : null
  const named = entries.map(({ visit_id, entry_no, grant_incarnation, grant_n }) => ({
    visitId: visit_id,
    entryNo: entry_no,
    grant: { incarnation: grant_incarnation ?? 0, n: grant_n ?? 0 },
  }))
  const data = { deviceId: device.id, counterId, epoch, entries: named }
  await recordServerFact(trx, context, { type: 'counter.reclaimed', data }, by)
}

/** The newest epoch that this device had; null when it never had one. Late events of these sessions will be flagged. */
async function endSessions(
  trx: Trx,
  touched: Touched,
  { mallId, now }: MallContext,
  device: DeviceRow,
): Promise<number | null> {
  const own = await trx
    .selectFrom('counter_session')
    .select(['counter_id', 'epoch'])
    .where('mall_id', '=', mallId)
    .where('device_id', '=', device.id)
    .where('reclaimed_at', 'is', null)
    .orderBy('epoch', 'desc')
    .execute()
  const [newest] = own
  if (!newest) return null
  const at = now()
  await trx
    .updateTable('counter_session')
    .set((eb) => ({ reclaimed_at: at, closed_at: eb.fn.coalesce('closed_at', eb.val(at)) }))
    .where('mall_id', '=', mallId)
    .where('device_id', '=', device.id)
    .where('reclaimed_at', 'is', null)
    .execute()
  const { counter_id: counterId, epoch } = newest
  touched.tellDevice(device.id, { businessDate: null, change: { kind: 'session_over', counterId, epoch } })
  return epoch
}

/** A grant that the desk has not read yet must not reach it after its entry was given to somebody else. */
async function forgetUnread(trx: Trx, { mallId }: MallContext, device: DeviceRow): Promise<void> {
  await trx
    .deleteFrom('change')
    .where('audience', '=', deviceAudience(mallId, device.id))
    .where((eb) => eb.or([eb('body', 'like', '{"kind":"granted"%'), eb('body', 'like', '{"kind":"recalled"%')]))
    .execute()
}

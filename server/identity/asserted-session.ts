import type { AssertRequest } from '#contract/wire/assertions.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import type { Trx } from '#server/store/schema.ts'

/**
 * The counter's session as its device has it, when the server lost it. Another device that opened the counter since has a
 * higher epoch (see nextEpoch), so the newest session is always the one with the highest.
 */
export async function takeAssertedSession(
  trx: Trx,
  { mallId, now }: MallContext,
  device: Device,
  counterId: string,
  { epoch, open, serviceIds, paused: isPaused }: NonNullable<AssertRequest['session']>,
): Promise<void> {
  const at = now()
  const known = await trx
    .selectFrom('counter_session')
    .select(['device_id', 'reclaimed_at'])
    .where('mall_id', '=', mallId)
    .where('counter_id', '=', counterId)
    .where('epoch', '=', epoch)
    .executeTakeFirst()
  // Of another device, or ended by a person: what this device believes changes neither.
  if (known && (known.device_id !== device.id || known.reclaimed_at !== null)) return
  const newest = await trx
    .selectFrom('counter_session')
    .select('epoch')
    .where('mall_id', '=', mallId)
    .where('counter_id', '=', counterId)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst()
  const isNewest = epoch >= (newest?.epoch ?? 0)
  const closed_at = open && isNewest ? null : at
  const chosen_services = serviceIds ? JSON.stringify(serviceIds) : null
  const paused = isPaused ? 1 : 0
  const of = { mall_id: mallId, counter_id: counterId, epoch }
  await trx
    .insertInto('counter_session')
    .values({ ...of, device_id: device.id, opened_at: at, closed_at, paused, chosen_services, reclaimed_at: null })
    .onConflict((conflict) =>
      conflict.columns(['mall_id', 'counter_id', 'epoch']).doUpdateSet({ closed_at, paused, chosen_services }),
    )
    .execute()
  if (!isNewest || !open) return
  await trx
    .updateTable('counter_session')
    .set({ closed_at: at })
    .where('mall_id', '=', mallId)
    .where('counter_id', '=', counterId)
    .where('epoch', '<', epoch)
    .where('closed_at', 'is', null)
    .execute()
}

/**
 * The server lost its memory: from now on a new incarnation. Grants of it are newer than any that was lost, every device says
 * hello again and asserts what it knows, and what is older is not dealt until all have done so.
 */
import type { IncarnationReason } from '#domain/server-facts.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import { recordServerFact } from '#server/own-chain/record-server-fact.ts'
import type { Db, Trx } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'

/** Devices may have been enrolled that the backup does not know: their slots are on printed numbers. */
const SLOTS_LEFT_OUT = 100

/** For the whole database, all its malls. `atLeast`: an incarnation that is known to have been. Returns the new one. */
export async function beginIncarnation(db: Db, now: number, reason: IncarnationReason, atLeast = 0): Promise<number> {
  const began = await db.transaction().execute((trx) => beginIncarnationIn(trx, now, reason, atLeast))
  return began.incarnation
}

export async function beginIncarnationIn(
  trx: Trx,
  now: number,
  reason: IncarnationReason,
  atLeast: number,
): Promise<{ incarnation: number; mallIds: string[] }> {
  // Waits for whatever is under way in any mall: nothing may be granted under the old number after this.
  const malls = await trx
    .updateTable('mall')
    .set((eb) => ({ server_device_id: eb.ref('server_device_id') }))
    .returning('id')
    .execute()
  const incarnation = Math.max(await currentIncarnation(trx), atLeast) + 1
  await trx.updateTable('server_state').set({ incarnation }).execute()
  await trx.insertInto('incarnation').values({ n: incarnation, began_at: now }).execute()
  await raiseBarrier(trx, incarnation)
  await forgetWhatIsOld(trx)
  for (const { id } of malls) {
    await takeNumbers(trx, id, 'slot', SLOTS_LEFT_OUT)
    const fact = { type: 'incarnation.begun', data: { incarnation, reason } } as const
    await recordServerFact(trx, { mallId: id, now: () => now }, fact, 'server')
  }
  return { incarnation, mallIds: malls.map(({ id }) => id) }
}

async function forgetWhatIsOld(trx: Trx): Promise<void> {
  // Devices have newer nonces than a backup, so these would put every one of them in doubt.
  await trx
    .updateTable('device')
    .set({
      nonce_confirmed: null,
      nonce_offered: null,
      heartbeat_at: null,
      heartbeat_epoch: null,
      heartbeat_incarnation: null,
    })
    .execute()
  // What a device does not assert it does not have: it must not come to it by an old message after all.
  await trx
    .deleteFrom('change')
    .where((eb) => eb.or([eb('body', 'like', '{"kind":"granted"%'), eb('body', 'like', '{"kind":"recalled"%')]))
    .execute()
  await trx.updateTable('entry').set({ recall_asked_at: null, recall_answer: null, recall_for: null }).execute()
}

/** Every counter's device that has ever worked with this server, and those that a restore before still waits for. */
async function raiseBarrier(trx: Trx, incarnation: number): Promise<void> {
  const devices = await trx
    .selectFrom('device')
    .select(['id', 'mall_id'])
    .where('role_kind', '=', 'counter')
    .where('revoked_at', 'is', null)
    .where(({ eb, or, exists, selectFrom }) =>
      or([
        eb('nonce_offered', 'is not', null),
        exists(selectFrom('barrier').select('barrier.device_id').whereRef('barrier.device_id', '=', 'device.id')),
        exists(selectFrom('counter_session').select('epoch').whereRef('counter_session.device_id', '=', 'device.id')),
        exists(selectFrom('entry').select('entry_no').whereRef('entry.device_id', '=', 'device.id')),
      ]),
    )
    .execute()
  await trx.deleteFrom('barrier').execute()
  const rows = devices.map(({ id, mall_id }) => ({ device_id: id, mall_id, incarnation }))
  if (rows.length > 0) await trx.insertInto('barrier').values(rows).execute()
}

/** What a person may decide about a device. Each is one transaction with a fact in the mall's own chain. */
import type { DecidedBy } from '#domain/server-facts.ts'
import type { MallContext } from '#server/context.ts'
import { recordServerFact } from '#server/own-chain/record-server-fact.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWaiting } from '#server/queue/deal-waiting.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { DeviceRow, Trx } from '#server/store/schema.ts'
import { strandedHands } from '#server/supervision/stranded-hands.ts'
import { SupervisionFailure } from '#server/supervision/supervision-failure.ts'
import { takeHandBack } from '#server/supervision/take-hand-back.ts'

export type Supervise = (context: MallContext, deviceId: string, by: DecidedBy) => Promise<void>

/** "The desk is stopped": what it had waits again. Refused with NOT_STRANDED while the desk is healthy. */
export const reclaim: Supervise = (context, deviceId, by) =>
  decide(context, deviceId, async (trx, touched, device) => {
    const stranded = await strandedHands(trx, context)
    if (!stranded.some((hand) => hand.deviceId === deviceId)) {
      throw new SupervisionFailure('NOT_STRANDED', 'the desk is heard of and its hand is its own')
    }
    await takeHandBack(trx, touched, context, device, by)
  })

/** "It will not come back": what is older than the restore no longer waits for it. Its own hand stays until it is reclaimed. */
export const dismiss: Supervise = (context, deviceId, by) =>
  decide(context, deviceId, async (trx, touched) => {
    const behind = await trx
      .deleteFrom('barrier')
      .where('device_id', '=', deviceId)
      .returning('incarnation')
      .executeTakeFirst()
    if (!behind) throw new SupervisionFailure('NOT_BEHIND_BARRIER', 'nothing waits for this device')
    const data = { deviceId, incarnation: behind.incarnation }
    await recordServerFact(trx, context, { type: 'device.dismissed', data }, by)
    await dealWaiting(trx, context, touched)
  })

/** "This PC is the right one": it goes on with a new chain, and its hand is void. */
export const readmit: Supervise = (context, deviceId, by) =>
  decide(context, deviceId, async (trx, touched, device) => {
    if (device.doubt_at === null) throw new SupervisionFailure('NOT_IN_DOUBT', 'this device is not in doubt')
    await takeHandBack(trx, touched, context, device, by)
    const generation = device.generation + 1
    await trx
      .updateTable('device')
      .set({
        generation,
        doubt_at: null,
        doubt_reason: null,
        nonce_confirmed: null,
        nonce_offered: null,
        heartbeat_at: null,
        heartbeat_epoch: null,
        heartbeat_incarnation: null,
        // Of the chain before; nothing of the new one is older than this incarnation.
        adopted_seq: 0,
      })
      .where('id', '=', deviceId)
      .execute()
    await recordServerFact(trx, context, { type: 'device.readmitted', data: { deviceId, generation } }, by)
  })

/** "This PC is gone": its token is good for nothing. What it holds is stranded from now on and can be reclaimed. */
export const revoke: Supervise = (context, deviceId, by) =>
  decide(context, deviceId, async (trx, touched, device) => {
    if (device.revoked_at !== null) return
    await trx.updateTable('device').set({ revoked_at: context.now() }).where('id', '=', deviceId).execute()
    await trx.deleteFrom('barrier').where('device_id', '=', deviceId).execute()
    await recordServerFact(trx, context, { type: 'device.revoked', data: { deviceId } }, by)
    // Its stream ends, and old entries may have waited for it alone.
    touched.wake(deviceId)
    await dealWaiting(trx, context, touched)
  })

/** Finds the device again inside the transaction: two supervisors may press at the same time. */
async function decide(
  context: MallContext,
  deviceId: string,
  act: (trx: Trx, touched: Touched, device: DeviceRow) => Promise<void>,
): Promise<void> {
  await changeMall(context, async (trx, touched) => {
    const device = await trx
      .selectFrom('device')
      .selectAll()
      .where('id', '=', deviceId)
      .where('mall_id', '=', context.mallId)
      .where('role_kind', '<>', 'server')
      .executeTakeFirst()
    if (!device) throw new SupervisionFailure('UNKNOWN_DEVICE', 'there is no such device in this mall')
    await act(trx, touched, device)
  })
}

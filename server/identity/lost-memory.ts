/** Does a device know more of this server than the server does? Then the server's database was put back from a backup. */
import type { KeyObject } from 'node:crypto'
import type { HelloRequest, SignedHead } from '#contract/wire/hello.ts'
import { isOurHead } from '#server/identity/own-heads.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import type { DeviceRow, Trx } from '#server/store/schema.ts'

/** Above this a number is a mistake, not a memory. */
const MOST_RESTORES = 1_000

/**
 * `new`: nobody has noticed yet. `known`: this device's part of a loss that already has its incarnation. Only a head that our own
 * key signed proves anything: a number alone could be said by anybody with a token.
 */
export async function findLostMemory(
  trx: Trx,
  signingKey: KeyObject,
  device: DeviceRow,
  hello: HelloRequest,
): Promise<'new' | 'known' | null> {
  const { signedHead } = hello
  if (!signedHead || !isOurHead(signingKey, device.id, signedHead)) return null
  const incarnation = await currentIncarnation(trx)
  // It has adopted an incarnation that nobody remembers, or one whose number was given out again since.
  const isForgotten = hello.incarnation > device.incarnation && hello.incarnation >= incarnation
  if (isForgotten && hello.incarnation <= incarnation + MOST_RESTORES) return 'new'
  if (await isStored(trx, device.id, signedHead)) return null
  if (device.incarnation < incarnation && incarnation > 1) return 'known'
  // What was written before the device asserted was lost with the last restore, and comes again by push.
  const isOldLoss = signedHead.generation < device.generation || signedHead.seq <= device.adopted_seq
  return isOldLoss ? null : 'new'
}

async function isStored(trx: Trx, deviceId: string, { generation, seq, hash }: SignedHead): Promise<boolean> {
  if (seq === 0) return true
  const event = await trx
    .selectFrom('event')
    .select('hash')
    .where('device_id', '=', deviceId)
    .where('generation', '=', generation)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return event?.hash === hash
}

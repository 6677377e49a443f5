/** Devices that may live twice, and devices that do not know yet that the server was restored. */
import type { MallContext } from '#server/context.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { prepare } from '#server/store/prepared.ts'
import type { DeviceRow, Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

/** From now on nothing is dealt to it and nothing taken from it, until a supervisor settles the matter. */
export async function putInDoubt(context: MallContext, deviceId: string, reason: string): Promise<void> {
  await changeMall(context, async (trx, touched) => {
    // Its stream ends.
    touched.wake(deviceId)
    await trx
      .updateTable('device')
      .set({ doubt_at: context.now(), doubt_reason: reason })
      .where('id', '=', deviceId)
      .where('doubt_at', 'is', null)
      .execute()
  })
}

type TrustedDevice = Pick<DeviceRow, 'generation' | 'incarnation' | 'adopted_seq'>

type DeviceNow = TrustedDevice & Pick<DeviceRow, 'doubt_at' | 'revoked_at'>

const deviceNow = prepare<{ deviceId: string }, DeviceNow>((q, param) =>
  q
    .selectFrom('device')
    .select(['generation', 'incarnation', 'adopted_seq', 'doubt_at', 'revoked_at'])
    .where('id', '=', param('deviceId')),
)

/** As it is inside the transaction: what was read when the request came may be over by now. */
export async function refuseIfChanged(trx: Trx, context: MallContext, deviceId: string): Promise<TrustedDevice> {
  const now = await trustedDevice(trx, deviceId)
  refuseStranger(context, now)
  return now
}

/** The same for a device that has yet to tell a restored server what it holds. */
export async function trustedDevice(trx: Trx, deviceId: string): Promise<TrustedDevice> {
  const [now] = await deviceNow(trx, { deviceId })
  if (!now || now.revoked_at !== null) throw new WireFailure('UNAUTHORISED', 'this device was revoked')
  refuseDoubt({ isInDoubt: now.doubt_at !== null })
  return now
}

export function refuseDoubt({ isInDoubt }: { isInDoubt: boolean }): void {
  if (isInDoubt) throw new WireFailure('DEVICE_IN_DOUBT', 'this identity may live twice: a supervisor decides')
}

export function refuseStranger(context: MallContext, device: { incarnation: number }): void {
  if (device.incarnation !== context.incarnation) {
    throw new WireFailure('HELLO_NEEDED', `say hello first: this is incarnation ${context.incarnation}`)
  }
}

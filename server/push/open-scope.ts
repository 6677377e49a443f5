/** Whether this device may push now, and what its events are applied with. */
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { refuseIfChanged } from '#server/identity/doubt.ts'
import type { PushScope } from '#server/push/push-scope.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

export async function openScope(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  device: Device,
  generation: number,
): Promise<PushScope> {
  const now = await refuseIfChanged(trx, context, device.id)
  if (generation > now.generation) {
    throw new WireFailure('CHAIN_FORK', `this device's generation is ${now.generation}, not ${generation}`)
  }
  return {
    trx,
    touched,
    context,
    device: { ...device, generation: now.generation },
    generation,
    adoptedSeq: now.adopted_seq,
    reclaimedEpochs: await reclaimedEpochs(trx, context, device),
    notBefore: 0,
    openedCounterId: null,
    choseServices: false,
  }
}

export async function reclaimedEpochs(trx: Trx, { mallId }: MallContext, { id, role }: Device): Promise<Set<number>> {
  if (role.kind !== 'counter') return new Set()
  const sessions = await trx
    .selectFrom('counter_session')
    .select('epoch')
    .where('mall_id', '=', mallId)
    .where('counter_id', '=', role.counterId)
    .where('device_id', '=', id)
    .where('reclaimed_at', 'is not', null)
    .execute()
  return new Set(sessions.map(({ epoch }) => epoch))
}

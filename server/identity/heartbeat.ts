/** A counter that is heard of may be asked to give entries back. At most one write every two seconds and device. */
import type { z } from 'zod'
import type { HeartbeatRequest } from '#contract/wire.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { WireFailure } from '#server/wire-failure.ts'

const SHORTEST_MS = 2_000

export async function hearHeartbeat(
  { db, mallId, incarnation, now }: MallContext,
  device: Device,
  heartbeat: z.infer<typeof HeartbeatRequest>,
): Promise<void> {
  if (heartbeat.incarnation !== incarnation) {
    throw new WireFailure('HELLO_NEEDED', `the server's incarnation is ${incarnation}, not ${heartbeat.incarnation}`)
  }
  const at = now()
  await db.transact(mallId, (trx) =>
    trx
      .updateTable('device')
      .set({ heartbeat_at: at, heartbeat_epoch: heartbeat.epoch, heartbeat_incarnation: incarnation })
      .where('id', '=', device.id)
      .where((eb) =>
        eb.or([
          eb('heartbeat_at', 'is', null),
          eb('heartbeat_at', '<=', at - SHORTEST_MS),
          // A clock that was put back must not silence a device.
          eb('heartbeat_at', '>', at),
          eb('heartbeat_epoch', 'is distinct from', heartbeat.epoch),
        ]),
      )
      .execute(),
  )
}

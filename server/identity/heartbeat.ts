/** A counter that is heard of may be asked to give entries back. At most one write every two seconds and device. */
import type { z } from 'zod'
import type { HeartbeatRequest } from '#contract/wire/hands.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { prepare } from '#server/store/prepared.ts'
import { WireFailure } from '#server/wire-failure.ts'

const SHORTEST_MS = 2_000

type Heard = { deviceId: string; at: number; recently: number; epoch: number | null; incarnation: number }

const hear = prepare<Heard, unknown>((q, param) =>
  q
    .updateTable('device')
    .set({ heartbeat_at: param('at'), heartbeat_epoch: param('epoch'), heartbeat_incarnation: param('incarnation') })
    .where('id', '=', param('deviceId'))
    .where((eb) =>
      eb.or([
        eb('heartbeat_at', 'is', null),
        eb('heartbeat_at', '<=', param('recently')),
        // A clock that was put back must not silence a device.
        eb('heartbeat_at', '>', param('at')),
        eb('heartbeat_epoch', 'is distinct from', param('epoch')),
      ]),
    ),
)

export async function hearHeartbeat(
  { db, incarnation, now }: MallContext,
  device: Device,
  { incarnation: said, epoch }: z.infer<typeof HeartbeatRequest>,
): Promise<void> {
  if (said !== incarnation) {
    throw new WireFailure('HELLO_NEEDED', `the server's incarnation is ${incarnation}, not ${said}`)
  }
  const at = now()
  const heard = { deviceId: device.id, at, recently: at - SHORTEST_MS, epoch, incarnation }
  // Of no mall: a province's heartbeats would stand in line with everything that its malls do.
  await db.transact(null, (trx) => hear(trx, heard))
}

/** Counter sessions: which device works at a counter now. */
import { businessDate } from '#domain/business-date.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { refuseIfChanged } from '#server/identity/doubt.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { nextEpoch } from '#server/queue/next-epoch.ts'
import type { Touched } from '#server/queue/touched.ts'
import { prepare } from '#server/store/prepared.ts'
import { remember } from '#server/store/remembered.ts'
import type { Db, DeviceRow, SessionRow, Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

/** A device that was not heard for longer is not asked for anything. */
const HEALTHY_MS = 10_000

/**
 * Gives this device the epoch under which it may open the counter: the device of the last session goes on under its own
 * unless a supervisor ended it, any other gets the next one. Nothing is open yet and nothing is dealt: the counter is open
 * when its own fact says so, and a workstation that never heard this answer is not dealt to.
 */
export async function allotEpoch(context: MallContext, device: Device, counterId: string): Promise<number> {
  if (!context.mall.counters.has(counterId)) {
    throw new WireFailure('FORBIDDEN', `counter ${counterId} is no longer in the mall's configuration`)
  }
  return changeMall(context, async (trx) => {
    await refuseIfChanged(trx, context, device.id)
    const last = await lastSession(trx, context, counterId)
    if (last?.device_id === device.id && last.reclaimed_at === null) return last.epoch
    const epoch = nextEpoch(last?.epoch ?? 0, context.incarnation)
    const now = context.now()
    const session = {
      mall_id: context.mallId,
      counter_id: counterId,
      epoch,
      device_id: device.id,
      opened_at: now,
      closed_at: now,
      paused: 0,
      chosen_services: null,
      reclaimed_at: null,
    }
    await trx.insertInto('counter_session').values(session).execute()
    return epoch
  })
}

export type SessionAct = 'open' | 'close' | 'pause' | 'resume' | { choose: readonly string[] }

/**
 * A device's own log says what became of its session. Only the counter's newest session can change, and none that a
 * supervisor ended: an older one is over whatever its device still tells. Returns whether this was the session.
 */
export async function recordSessionFact(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  device: Device,
  { counterId, epoch, act }: { counterId: string; epoch: number; act: SessionAct },
): Promise<boolean> {
  const last = await lastSession(trx, context, counterId)
  if (last?.device_id !== device.id || last.epoch !== epoch || last.reclaimed_at !== null) {
    // It opened what had been given to another meanwhile, or was reclaimed: nobody else would tell it.
    if (act === 'open') tellOver(touched, device.id, counterId, epoch)
    return false
  }
  await trx
    .updateTable('counter_session')
    .set(columnsOf(act, context.now()))
    .where('mall_id', '=', context.mallId)
    .where('counter_id', '=', counterId)
    .where('epoch', '=', epoch)
    .execute()
  touched.counterMoved()
  if (act === 'open') await endEarlierSessions(trx, touched, context, last)
  return true
}

function columnsOf(act: SessionAct, now: number): Partial<SessionRow> {
  if (typeof act === 'object') return { chosen_services: JSON.stringify(act.choose) }
  switch (act) {
    case 'open':
      return { closed_at: null, paused: 0, chosen_services: null }
    case 'close':
      return { closed_at: now }
    case 'pause':
      return { paused: 1 }
    case 'resume':
      return { paused: 0 }
  }
}

/** An open session whose device may be dealt to. */
export type Seat = Pick<SessionRow, 'counter_id' | 'device_id' | 'epoch' | 'paused' | 'chosen_services'> &
  Pick<DeviceRow, 'heartbeat_at' | 'heartbeat_epoch' | 'heartbeat_incarnation'>

const openSessions = remember(
  prepare<{ mallId: string; incarnation: number }, Seat>((q, param) =>
    q
      .selectFrom('counter_session as session')
      .innerJoin('device', 'device.id', 'session.device_id')
      .select(['session.counter_id', 'session.device_id', 'session.epoch', 'session.paused', 'session.chosen_services'])
      .select(['device.heartbeat_at', 'device.heartbeat_epoch', 'device.heartbeat_incarnation'])
      .where('session.mall_id', '=', param('mallId'))
      .where('session.closed_at', 'is', null)
      .where('device.doubt_at', 'is', null)
      .where('device.revoked_at', 'is', null)
      .where('device.incarnation', '=', param('incarnation'))
      .orderBy('session.counter_id'),
  ),
)

/**
 * The open sessions of counters that the configuration knows, always in the same order: dealing must be repeatable. Left out
 * are devices in doubt and those that have not yet told a restored server what they hold.
 */
export async function openSeats(on: Db | Trx, { mallId, mall, incarnation }: MallContext): Promise<Seat[]> {
  const rows = await openSessions(on, { mallId, incarnation })
  return rows.filter((row) => mall.counters.has(row.counter_id))
}

/** Heard of lately and in this very session: it can be asked for what it holds. */
export function isHealthy(seat: Seat, { now, incarnation }: MallContext): boolean {
  return (
    seat.heartbeat_at !== null &&
    seat.heartbeat_at > now() - HEALTHY_MS &&
    seat.heartbeat_epoch === seat.epoch &&
    seat.heartbeat_incarnation === incarnation
  )
}

export async function lastSession(
  trx: Trx,
  { mallId }: MallContext,
  counterId: string,
): Promise<SessionRow | undefined> {
  return trx
    .selectFrom('counter_session')
    .selectAll()
    .where('mall_id', '=', mallId)
    .where('counter_id', '=', counterId)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** What the earlier device has in its hand stays there: only its own act lets go of it, so it is told. */
async function endEarlierSessions(
  trx: Trx,
  touched: Touched,
  { mallId }: MallContext,
  newest: SessionRow,
): Promise<void> {
  const ended = await trx
    .updateTable('counter_session')
    .set({ closed_at: newest.opened_at })
    .where('mall_id', '=', mallId)
    .where('counter_id', '=', newest.counter_id)
    .where('epoch', '<', newest.epoch)
    .where('closed_at', 'is', null)
    .returning(['device_id', 'epoch'])
    .execute()
  for (const { device_id, epoch } of ended) tellOver(touched, device_id, newest.counter_id, epoch)
}

function tellOver(touched: Touched, deviceId: string, counterId: string, epoch: number): void {
  touched.tellDevice(deviceId, { businessDate: null, change: { kind: 'session_over', counterId, epoch } })
}

/** The mall's calendar date now: only entries of this date are dealt. */
export function today(context: MallContext): string {
  return businessDate(context.now(), context.mall.timeZone)
}

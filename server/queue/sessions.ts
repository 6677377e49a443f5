/** Counter sessions: which device works at a counter now. */
import { businessDate } from '#domain/business-date.ts'
import type { Device } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import type { SessionRow, Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

/**
 * Gives this device the epoch under which it may open the counter: the device of the last session goes on under its own, any
 * other gets the next one. Nothing is open yet and nothing is dealt: the counter is open when its own fact says so, and a
 * workstation that never heard this answer is not dealt to.
 */
export async function allotEpoch(context: ServerContext, device: Device, counterId: string): Promise<number> {
  if (!context.mall.counters.has(counterId)) {
    throw new WireFailure('FORBIDDEN', `counter ${counterId} is no longer in the mall's configuration`)
  }
  return changeMall(context, async (trx) => {
    const last = await lastSession(trx, counterId)
    if (last?.device_id === device.id) return last.epoch
    const epoch = (last?.epoch ?? 0) + 1
    const now = context.now()
    const session = { counter_id: counterId, epoch, device_id: device.id, opened_at: now, closed_at: now }
    await trx.insertInto('counter_session').values(session).execute()
    return epoch
  })
}

/**
 * A device's own log says that its session opened or closed. Only the counter's newest session can change: an older one
 * is over whatever its device still tells. Opening it ends the session before; what the earlier device has in its hand
 * stays there, because only its own act may let go of it.
 */
export async function recordSessionFact(
  trx: Trx,
  device: Device,
  fact: { counterId: string; epoch: number },
  closedAt: number | null,
): Promise<void> {
  const last = await lastSession(trx, fact.counterId)
  if (last?.device_id !== device.id || last.epoch !== fact.epoch) return
  await setClosedAt(trx, last, closedAt)
  if (closedAt === null) await endEarlierSessions(trx, last)
}

/** The open sessions of counters that the configuration knows, always in the same order: dealing must be repeatable. */
export async function openSessions(trx: Trx, { mall }: ServerContext): Promise<SessionRow[]> {
  const sessions = await trx
    .selectFrom('counter_session')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('counter_id')
    .execute()
  return sessions.filter((session) => mall.counters.has(session.counter_id))
}

async function lastSession(trx: Trx, counterId: string): Promise<SessionRow | undefined> {
  return trx
    .selectFrom('counter_session')
    .selectAll()
    .where('counter_id', '=', counterId)
    .orderBy('epoch', 'desc')
    .limit(1)
    .executeTakeFirst()
}

async function endEarlierSessions(trx: Trx, newest: SessionRow): Promise<void> {
  await trx
    .updateTable('counter_session')
    .set({ closed_at: newest.opened_at })
    .where('counter_id', '=', newest.counter_id)
    .where('epoch', '<', newest.epoch)
    .where('closed_at', 'is', null)
    .execute()
}

async function setClosedAt(trx: Trx, session: SessionRow, closedAt: number | null): Promise<void> {
  await trx
    .updateTable('counter_session')
    .set({ closed_at: closedAt })
    .where('counter_id', '=', session.counter_id)
    .where('epoch', '=', session.epoch)
    .execute()
}

/** The mall's calendar date now: only entries of this date are dealt. */
export function today(context: ServerContext): string {
  return businessDate(context.now(), context.mall.timeZone)
}

/** Counter sessions: which device works at a counter now. */
import { businessDate } from '#domain/business-date.ts'
import type { Device } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWaiting } from '#server/queue/deal-waiting.ts'
import type { SessionRow, Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

/**
 * Opens the counter for this device. The device of the last session goes on under its epoch; any other begins the next
 * one and ends the session before. What the earlier device has in its hand stays there: only its own act may let go of it.
 */
export async function openCounter(context: ServerContext, device: Device, counterId: string): Promise<number> {
  if (!context.mall.counters.has(counterId)) {
    throw new WireFailure('FORBIDDEN', `counter ${counterId} is no longer in the mall's configuration`)
  }
  return changeMall(context, async (trx, touched) => {
    const now = context.now()
    const last = await lastSession(trx, counterId)
    const epoch = last?.device_id === device.id ? last.epoch : (last?.epoch ?? 0) + 1
    if (last?.epoch === epoch) {
      await setClosedAt(trx, last, null)
    } else {
      if (last && last.closed_at === null) await setClosedAt(trx, last, now)
      const session = { counter_id: counterId, epoch, device_id: device.id, opened_at: now, closed_at: null }
      await trx.insertInto('counter_session').values(session).execute()
    }
    await dealWaiting(trx, context, touched)
    return epoch
  })
}

/**
 * A device's own log says that its session opened or closed. Only the counter's newest session can change: an older one
 * is over whatever its device still tells.
 */
export async function recordSessionFact(
  trx: Trx,
  device: Device,
  fact: { counterId: string; epoch: number },
  closedAt: number | null,
): Promise<void> {
  const last = await lastSession(trx, fact.counterId)
  if (last?.device_id === device.id && last.epoch === fact.epoch) await setClosedAt(trx, last, closedAt)
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

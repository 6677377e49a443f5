/**
 * "Call next" asks for something better than the hand: the best entry that nobody holds, at most one. Asking again without
 * calling takes nothing more: what was granted is now the best of the hand.
 */
import type { Grant } from '#contract/wire.ts'
import { chooseNext, type Ranked } from '#domain/rank.ts'
import type { Device } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { toGrant, toRanked } from '#server/queue/entry-rows.ts'
import { grantEntry } from '#server/queue/grant-entry.ts'
import { calledHistory, handOf, undealtEntries } from '#server/queue/hands.ts'
import { openSessions, today } from '#server/queue/sessions.ts'
import type { EntryRow } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

export async function improveHand(
  context: ServerContext,
  device: Device,
  counterId: string,
  epoch: number,
): Promise<Grant[]> {
  return changeMall(context, async (trx, touched) => {
    const sessions = await openSessions(trx, context)
    const session = sessions.find((one) => one.counter_id === counterId)
    if (session?.device_id !== device.id || session.epoch !== epoch) {
      throw new WireFailure('COUNTER_NOT_OPEN', `counter ${counterId} is not open here with epoch ${epoch}`)
    }
    const date = today(context)
    const hand = await handOf(trx, session, date)
    const history = await calledHistory(trx, counterId, date)
    const { policy, counters } = context.mall
    const serves = (entry: EntryRow) => counters.get(counterId)?.serviceIds.includes(entry.service_id) ?? false
    const candidates = (await undealtEntries(trx, date)).filter(serves).map(withRank)
    const best = chooseNext(candidates, history, policy)
    if (!best || chooseNext([...hand.map(withRank), best], history, policy) !== best) return []
    return [toGrant(await grantEntry(trx, context, touched, best.row, session))]
  })
}

function withRank(row: EntryRow): Ranked & { row: EntryRow } {
  return { ...toRanked(row), row }
}

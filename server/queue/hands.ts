/** What counters hold and what they called today, as the rank rule needs it. */
import { afterCall, callOrder, FRESH_HISTORY, type RankHistory, type RankPolicy } from '#domain/rank.ts'
import { toRanked } from '#server/queue/entry-rows.ts'
import type { EntryRow, SessionRow, Trx } from '#server/store/schema.ts'

/** Waiting entries of that day that nobody holds, in order of arrival. */
export async function undealtEntries(trx: Trx, date: string): Promise<EntryRow[]> {
  return trx
    .selectFrom('entry')
    .selectAll()
    .where('business_date', '=', date)
    .where('status', '=', 'waiting')
    .where('device_id', 'is', null)
    .orderBy('ord')
    .execute()
}

/** Entries granted to this session's device and not called yet. */
export async function handOf(trx: Trx, session: SessionRow, date: string): Promise<EntryRow[]> {
  return trx
    .selectFrom('entry')
    .selectAll()
    .where('business_date', '=', date)
    .where('status', '=', 'waiting')
    .where('device_id', '=', session.device_id)
    .where('counter_id', '=', session.counter_id)
    .orderBy('ord')
    .execute()
}

/** What the counter called today, whoever sat there. */
export async function calledHistory(trx: Trx, counterId: string, date: string): Promise<RankHistory> {
  const called = await trx
    .selectFrom('entry')
    .select('priority')
    .where('business_date', '=', date)
    .where('status', '<>', 'waiting')
    .where('counter_id', '=', counterId)
    .where('called_at', 'is not', null)
    .orderBy('called_at')
    .execute()
  return called.reduce((history, { priority }) => afterCall(history, priority !== null), FRESH_HISTORY)
}

/** The history as it will be when the whole hand has been called: the next dealt entry comes after those. */
export function historyAfterHand(history: RankHistory, hand: readonly EntryRow[], policy: RankPolicy): RankHistory {
  return callOrder(hand.map(toRanked), history, policy).reduce(
    (now, { isPriority }) => afterCall(now, isPriority),
    history,
  )
}

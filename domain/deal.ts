/**
 * Dealing: which waiting entries go into which counter's hand. Pure; the mall server is the only one who deals.
 * An entry that only one open counter can serve goes to it at once, so that counter works through any outage.
 * Contested entries are dealt from the head of the queue, `handSize` per counter.
 */
import { afterCall, chooseNext, type Ranked, type RankHistory, type RankPolicy } from '#domain/rank.ts'

export type Dealable = Ranked & { visitId: string; entryNo: number; serviceId: string }

export type OpenCounter = {
  counterId: string
  serviceIds: ReadonlySet<string>
  /** Contested entries already in its hand and not yet called. */
  holding: number
  history: RankHistory
}

export type Dealt<T> = { entry: T; counterId: string }

export const HAND_SIZE = 3

/** What to grant now. Entries that no open counter can serve stay with the dealer. */
export function deal<T extends Dealable>(
  waiting: readonly T[],
  counters: readonly OpenCounter[],
  policy: RankPolicy,
  handSize: number = HAND_SIZE,
): Dealt<T>[] {
  const dealt: Dealt<T>[] = []
  const contested: T[] = []
  for (const entry of waiting) {
    const able = counters.filter((counter) => counter.serviceIds.has(entry.serviceId))
    if (able.length === 1 && able[0]) dealt.push({ entry, counterId: able[0].counterId })
    else if (able.length > 1) contested.push(entry)
  }
  const hands = counters.map((counter) => ({ ...counter }))
  while (contested.length > 0) {
    const grant = nextGrant(contested, hands, policy, handSize)
    if (!grant) break
    dealt.push({ entry: grant.entry, counterId: grant.hand.counterId })
    contested.splice(contested.indexOf(grant.entry), 1)
    grant.hand.holding += 1
    grant.hand.history = afterCall(grant.hand.history, grant.entry.isPriority)
  }
  return dealt
}

/** The emptiest hand that still has room takes its next entry. */
function nextGrant<T extends Dealable>(
  contested: readonly T[],
  hands: OpenCounter[],
  policy: RankPolicy,
  size: number,
) {
  for (const hand of hands.toSorted((a, b) => a.holding - b.holding)) {
    if (hand.holding >= size) continue
    const able = contested.filter((entry) => hand.serviceIds.has(entry.serviceId))
    const entry = chooseNext(able, hand.history, policy)
    if (entry) return { entry, hand: hands.find((one) => one.counterId === hand.counterId) ?? hand }
  }
  return null
}

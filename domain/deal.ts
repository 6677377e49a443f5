/**
 * Dealing: which waiting entries go into which counter's hand. Pure; the mall server is the only one who deals.
 * An entry that only one open counter can serve goes to it at once, so that counter works through any outage.
 * Contested entries are dealt from the head of the queue, `handSize` per counter, and never to a counter that pauses.
 */
import { afterCall, chooseNext, type Ranked, type RankHistory, type RankPolicy } from '#domain/rank.ts'

export type Dealable = Ranked & {
  visitId: string
  entryNo: number
  serviceId: string
  /** Transferred to this counter: no other may have it. */
  forCounterId: string | null
}

export type CounterServices = { counterId: string; serviceIds: ReadonlySet<string>; paused: boolean }

export type OpenCounter = CounterServices & {
  /** Contested entries already in its hand and not yet called. */
  holding: number
  history: RankHistory
}

export type Dealt<T> = { entry: T; counterId: string }

export const HAND_SIZE = 3

type Place = Pick<Dealable, 'serviceId' | 'forCounterId'>

/**
 * The open counters among which an entry has to be dealt. One alone has it for itself, pausing or not: nobody else could
 * serve it. Of several those that pause are left out.
 */
export function takersOf<C extends CounterServices>({ serviceId, forCounterId }: Place, counters: readonly C[]): C[] {
  if (forCounterId !== null) return counters.filter((counter) => counter.counterId === forCounterId)
  const able = counters.filter((counter) => counter.serviceIds.has(serviceId))
  return able.length > 1 ? able.filter((counter) => !counter.paused) : able
}

/** The same for many entries among the same counters: each kind of them is looked at once. */
export function takersAmong<C extends CounterServices>(counters: readonly C[]): (place: Place) => readonly C[] {
  const known = new Map<string, readonly C[]>()
  return ({ serviceId, forCounterId }) => {
    const kind = `${serviceId}/${forCounterId ?? ''}`
    const takers = known.get(kind) ?? takersOf({ serviceId, forCounterId }, counters)
    known.set(kind, takers)
    return takers
  }
}

/** More than one open counter could serve it, so a hand holds only a few like it. */
export function isContested({ serviceId, forCounterId }: Place, counters: readonly CounterServices[]): boolean {
  return forCounterId === null && counters.filter((counter) => counter.serviceIds.has(serviceId)).length > 1
}

/** What to grant now. Entries that no open counter can serve stay with the dealer. */
export function deal<T extends Dealable>(
  waiting: readonly T[],
  counters: readonly OpenCounter[],
  policy: RankPolicy,
  handSize: number = HAND_SIZE,
): Dealt<T>[] {
  const dealt: Dealt<T>[] = []
  const contested: T[] = []
  const takers = takersAmong(counters)
  for (const entry of waiting) {
    const [first, second] = takers(entry)
    if (first && second) contested.push(entry)
    else if (first) dealt.push({ entry, counterId: first.counterId })
  }
  const hands = counters.filter((counter) => !counter.paused).map((counter) => ({ ...counter }))
  while (contested.length > 0) {
    const grant = nextGrant(contested, hands, policy, handSize)
    if (!grant) break
    dealt.push({ entry: grant.entry, counterId: grant.hand.counterId })
    contested.splice(contested.indexOf(grant.entry), 1)
    grant.hand.holding += 1
    grant.hand.history = afterCall(grant.hand.history, grant.entry)
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

/** What a desk's own session owes: whoever takes fewer services keeps nothing of the others, and a call out of turn takes nobody's turn. */
import type { EventBody } from '#domain/events.ts'
import type { RankHistory } from '#domain/rank.ts'
import type { HeldHere } from '#tests/sim/desk-node.ts'
import { InvariantBroken } from '#tests/sim/report.ts'
import { keyOf, type Tracker } from '#tests/sim/tracker.ts'

/** Facts that may move the ratio. */
const MOVES_RATIO: ReadonlySet<string> = new Set(['entry.called', 'entry.call_undone'])

export class SessionWatch {
  readonly #ratios = new Map<string, number | null>()

  /** Facts that came since it was asked last, and how the store is after them. */
  check(
    desk: string,
    facts: readonly EventBody[],
    now: { held: readonly HeldHere[]; history: RankHistory },
    tracker: Tracker,
  ): void {
    const choice = facts.findLast(({ type }) => type === 'counter.services_chosen' || type === 'counter.opened')
    if (choice?.type === 'counter.services_chosen') checkChoice(desk, choice.data.serviceIds, now.held, tracker)
    this.#checkRatio(desk, facts, now.history.regularsSincePriority)
  }

  /** The disk was put back: the ratio is as it was then. */
  forget(desk: string): void {
    this.#ratios.delete(desk)
  }

  #checkRatio(desk: string, facts: readonly EventBody[], now: number | null): void {
    const before = this.#ratios.get(desk)
    this.#ratios.set(desk, now)
    const moving = facts.filter(({ type }) => MOVES_RATIO.has(type))
    const isOutOfTurn = moving.every((fact) => fact.type === 'entry.called' && fact.data.outOfOrder !== undefined)
    if (before === undefined || !isOutOfTurn || before === now) return
    throw new InvariantBroken('RATIO_MOVED', `${desk}: from ${before} to ${now} by ${moving.length} calls out of turn`)
  }
}

function checkChoice(desk: string, serviceIds: readonly string[], held: readonly HeldHere[], tracker: Tracker): void {
  const kept = held.filter(({ serviceId }) => !serviceIds.includes(serviceId))
  if (kept.length === 0) return
  const names = kept.map((one) => tracker.name(keyOf(one)))
  throw new InvariantBroken('KEPT_UNCHOSEN', `${desk} takes ${serviceIds.join(', ')} and keeps ${names.join(', ')}`)
}

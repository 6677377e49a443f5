/**
 * Who is next: the one rule for dealer and desk. Who was moved to the front, or comes back to the counter that sent it, goes first.
 * Of all others, within a class (priority or regular), order is the time since which an entry counts as waiting, then arrival at
 * the server; between the classes a ratio holds, and a regular entry that has waited `ageingMs` longer goes first, so nobody starves.
 */
import type { Rank } from '#domain/events.ts'

export type Ranked = {
  /** Server sequence: decides between entries that began to wait in the same millisecond. */
  order: number
  /** As the server counts it: an entry issued during a cut keeps its time, within what the server can believe. */
  waitingSince: number
  isPriority: boolean
  /** What counts instead of waitingSince, when something does. */
  rank?: Rank | undefined
}

export type RankPolicy = {
  /** Regular entries called between two priority entries while both wait. */
  regularPerPriority: number
  ageingMs: number
}

/** What a counter called lately, in turn. */
export type RankHistory = {
  /** Regular entries called since the last priority entry; null when it has called no priority entry yet. */
  regularsSincePriority: number | null
}

export const FRESH_HISTORY: RankHistory = { regularsSincePriority: null }

/** How long before its time an appointment begins to count as waiting. */
export const APPOINTMENT_WINDOW_MS = 30 * 60_000

/**
 * A visitor with an appointment who has checked in stands where somebody would who came when its window opened: behind whoever
 * waited by then, before whoever came later, and never before an earlier appointment. It names no moment "now", so that dealer and
 * desk cannot disagree, and walk-ins keep being overtaken only by the few whose window opened before they came.
 */
export function appointmentRank(appointmentAt: number): Rank {
  return { since: Math.max(0, appointmentAt - APPOINTMENT_WINDOW_MS), by: 'appointment' }
}

/** Before everybody, and beside the ratio: what an officer or a way back put first takes nobody's turn. */
export function goesFirst({ rank }: Pick<Ranked, 'rank'>): boolean {
  return rank?.by === 'front' || rank?.by === 'returned'
}

/** Since when it counts as waiting. */
export function rankSince({ rank, waitingSince }: Pick<Ranked, 'rank' | 'waitingSince'>): number {
  return rank?.since ?? waitingSince
}

/** The entry to call next, or null when nothing waits. */
export function chooseNext<T extends Ranked>(
  entries: readonly T[],
  history: RankHistory,
  policy: RankPolicy,
): T | null {
  const priority = first(entries, true)
  const regular = first(entries, false)
  if (!priority || !regular) return priority ?? regular
  if (goesFirst(priority) || goesFirst(regular)) return byPlace(priority, regular) < 0 ? priority : regular
  if (rankSince(regular) + policy.ageingMs <= rankSince(priority)) return regular
  const since = history.regularsSincePriority
  return since === null || since >= policy.regularPerPriority ? priority : regular
}

/** All entries in the order in which they would be called if nobody else arrived. */
export function callOrder<T extends Ranked>(entries: readonly T[], history: RankHistory, policy: RankPolicy): T[] {
  const sorted = entries.toSorted(byPlace)
  const priority = sorted.filter((entry) => entry.isPriority)
  const regular = sorted.filter((entry) => !entry.isPriority)
  const order: T[] = []
  let soFar = history
  let p = 0
  let r = 0
  // Only the heads of the two classes matter to chooseNext.
  while (order.length < sorted.length) {
    const next = chooseNext([...priority.slice(p, p + 1), ...regular.slice(r, r + 1)], soFar, policy)
    if (!next) break
    order.push(next)
    if (next.isPriority) p += 1
    else r += 1
    soFar = afterCall(soFar, next)
  }
  return order
}

/** The history after a call that the rule chose. One out of turn leaves it as it is: the ratio goes on where it was. */
export function afterCall(history: RankHistory, called: Pick<Ranked, 'isPriority' | 'rank'>): RankHistory {
  if (goesFirst(called)) return history
  if (called.isPriority) return { regularsSincePriority: 0 }
  return history.regularsSincePriority === null ? history : { regularsSincePriority: history.regularsSincePriority + 1 }
}

/** After a call that was a mistake: whoever was first is first again. */
export function afterUndoneCall(history: RankHistory, called: Pick<Ranked, 'isPriority' | 'rank'>): RankHistory {
  if (goesFirst(called)) return history
  // How many regular entries had gone before it is forgotten; it was its turn, and it still is.
  if (called.isPriority || history.regularsSincePriority === null) return FRESH_HISTORY
  return { regularsSincePriority: Math.max(0, history.regularsSincePriority - 1) }
}

function first<T extends Ranked>(entries: readonly T[], isPriority: boolean): T | null {
  let best: T | null = null
  for (const entry of entries) {
    if (entry.isPriority === isPriority && (!best || byPlace(entry, best) < 0)) best = entry
  }
  return best
}

/** For sorting one class: who goes first, then who counts as waiting longer. */
function byPlace(a: Ranked, b: Ranked): number {
  return Number(goesFirst(b)) - Number(goesFirst(a)) || rankSince(a) - rankSince(b) || a.order - b.order
}

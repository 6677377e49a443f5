/**
 * Who is next: the one rule for dealer and desk. Within a class (priority or regular) order is the time since which the entry
 * waits, then arrival at the server; between the classes a ratio holds, and a regular entry that has waited `ageingMs` longer goes first, so nobody starves.
 */
export type Ranked = {
  /** Server sequence: decides between entries that began to wait in the same millisecond. */
  order: number
  /** As the server counts it: an entry issued during a cut keeps its time, within what the server can believe. */
  waitingSince: number
  isPriority: boolean
}

export type RankPolicy = {
  /** Regular entries called between two priority entries while both wait. */
  regularPerPriority: number
  ageingMs: number
}

/** What a counter called lately. */
export type RankHistory = {
  /** Regular entries called since the last priority entry; null when it has called no priority entry yet. */
  regularsSincePriority: number | null
}

export const FRESH_HISTORY: RankHistory = { regularsSincePriority: null }

/** The entry to call next, or null when nothing waits. */
export function chooseNext<T extends Ranked>(
  entries: readonly T[],
  history: RankHistory,
  policy: RankPolicy,
): T | null {
  const priority = first(entries, true)
  const regular = first(entries, false)
  if (!priority || !regular) return priority ?? regular
  if (regular.waitingSince + policy.ageingMs <= priority.waitingSince) return regular
  const since = history.regularsSincePriority
  return since === null || since >= policy.regularPerPriority ? priority : regular
}

/** All entries in the order in which they would be called if nobody else arrived. */
export function callOrder<T extends Ranked>(entries: readonly T[], history: RankHistory, policy: RankPolicy): T[] {
  const sorted = entries.toSorted(byArrival)
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
    soFar = afterCall(soFar, next.isPriority)
  }
  return order
}

export function afterCall(history: RankHistory, isPriority: boolean): RankHistory {
  if (isPriority) return { regularsSincePriority: 0 }
  return history.regularsSincePriority === null ? history : { regularsSincePriority: history.regularsSincePriority + 1 }
}

/** After a call that was a mistake: whoever was first is first again. */
export function afterUndoneCall(history: RankHistory, isPriority: boolean): RankHistory {
  // How many regular entries had gone before it is forgotten; it was its turn, and it still is.
  if (isPriority || history.regularsSincePriority === null) return FRESH_HISTORY
  return { regularsSincePriority: Math.max(0, history.regularsSincePriority - 1) }
}

function first<T extends Ranked>(entries: readonly T[], isPriority: boolean): T | null {
  let best: T | null = null
  for (const entry of entries) {
    if (entry.isPriority === isPriority && (!best || byArrival(entry, best) < 0)) best = entry
  }
  return best
}

/** For sorting: who waits longer comes first. */
export function byArrival(a: Ranked, b: Ranked): number {
  return a.waitingSince - b.waitingSince || a.order - b.order
}

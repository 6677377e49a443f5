/**
 * What this process committed last, kept for streams that are only just behind it: they need no query. Without gaps within a mall;
 * whoever is not exactly behind reads the database.
 */
import type { WrittenChange } from '#server/queue/changes.ts'

/** Far more than one transaction writes, little enough to hold for every mall of a province. */
const KEPT = 1_000

export class RecentChanges {
  readonly #malls = new Map<string, WrittenChange[]>()

  /** In the order of their numbers. What another process wrote in between is not here: it begins anew behind the gap. */
  add(mallId: string, changes: readonly WrittenChange[]): void {
    const [first] = changes
    if (!first) return
    const known = this.#malls.get(mallId)
    if (known?.at(-1)?.seq !== first.seq - 1) {
      this.#malls.set(mallId, [...changes])
      return
    }
    known.push(...changes)
    if (known.length > 2 * KEPT) known.splice(0, known.length - KEPT)
  }

  /** Everything after `seq`, whoever it is for; null when that cannot be said from here. */
  after(mallId: string, seq: number): WrittenChange[] | null {
    const known = this.#malls.get(mallId)
    const [first] = known ?? []
    if (!known || !first || first.seq > seq + 1) return null
    return known.slice(seq + 1 - first.seq)
  }
}

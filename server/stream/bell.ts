/**
 * Wakes change streams after a commit. What this process committed itself is at hand in `recent`; everything else, and whatever
 * is not a change, the woken one has to look up in the database.
 */
import type { WrittenChange } from '#server/queue/changes.ts'
import type { Trx } from '#server/store/schema.ts'
import { RecentChanges } from '#server/stream/recent-changes.ts'

/** What a transaction changed: rows that were written, and audiences that have to look although nothing is told to them. */
export type News = { mallId: string; changes: readonly WrittenChange[]; woken: ReadonlySet<string> }

/** `told`: changes of this process and nothing else. `look`: only the database knows. */
export type Ring = 'told' | 'look'

export type Listener = {
  /** Resolves when it has rung since the last call, at once if it already has. */
  rung(): Promise<Ring>
  /** Rings only here, for example because the connection ended. */
  wake(): void
  stop(): void
}

export type Ears = {
  /** Gets each change of this process that is for one of the audiences, before the ring for it. */
  hear?: (change: WrittenChange) => void
  /** For who waits for the ring `told`: may do at once, in the turn of the commit, what it is rung for. True when it has. */
  takeNow?: () => boolean
}

/** For a database of which this process is the only server. */
export class Bell {
  readonly recent = new RecentChanges()
  readonly #listeners = new Set<{
    audiences: ReadonlySet<string>
    wake: (ring: Ring) => void
    hear: Ears['hear']
  }>()

  listen(audiences: readonly string[], { hear, takeNow }: Ears = {}): Listener {
    let pending: Ring | null = null
    let resolve: (() => void) | null = null
    const wake = (ring: Ring) => {
      if (ring === 'told' && pending === null && resolve && takeNow?.()) return
      if (pending !== 'look') pending = ring
      resolve?.()
    }
    const listener = { audiences: new Set(audiences), wake, hear }
    this.#listeners.add(listener)
    return {
      wake: () => wake('look'),
      stop: () => this.#listeners.delete(listener),
      rung: async () => {
        if (pending === null) {
          await new Promise<void>((done) => {
            resolve = done
          })
          resolve = null
        }
        const ring = pending ?? 'look'
        pending = null
        return ring
      },
    }
  }

  /** Inside the transaction that changed something for these audiences: it tells the other servers, if there are any. */
  async announce(_trx: Trx, _audiences: ReadonlySet<string>): Promise<void> {}

  /** After that transaction was committed, in the order of the commits. */
  tell({ mallId, changes, woken }: News): void {
    this.recent.add(mallId, changes)
    for (const { audiences, hear } of this.#listeners) {
      if (hear) for (const change of changes) if (audiences.has(change.audience)) hear(change)
    }
    // First, so that whoever has to look is told nothing from memory.
    this.#wake(woken, 'look')
    this.#wake(
      changes.map(({ audience }) => audience),
      'told',
    )
  }

  /** Something happened elsewhere. */
  ring(audiences: Iterable<string>): void {
    this.#wake(audiences, 'look')
  }

  ringAll(): void {
    for (const listener of this.#listeners) listener.wake('look')
  }

  async close(): Promise<void> {}

  #wake(audiences: Iterable<string>, ring: Ring): void {
    const rung = [...new Set(audiences)]
    for (const listener of this.#listeners) {
      if (rung.some((audience) => listener.audiences.has(audience))) listener.wake(ring)
    }
  }
}

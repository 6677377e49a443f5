/** Is the store what its log says? Checks the chain, and folds the projections again to compare them. */
import type { Store } from '#db/open.ts'
import { rebuildProjections } from '#db/projections.ts'
import type { Repositories } from '#db/repositories/index.ts'
import { type ChainFault, type ChainLink, findChainFault, GENESIS, type Sha256 } from '#domain/chain.ts'

export type StoreVerdict = {
  ok: boolean
  events: number
  head: string
  /** First broken link, or null. */
  chainFault: ChainFault | null
  /** Whether the projections are exactly what the log gives. */
  projectionsMatch: boolean
}

/** Reads everything; changes nothing (the rebuilt projections are rolled back). */
export function verifyStore(store: Store, repositories: Repositories, sha256: Sha256): StoreVerdict {
  const { seq, hash } = repositories.events.head()
  const chainFault = findChainFault(sha256, links(repositories))
  const projectionsMatch = chainFault === null && projectionsEqualLog(store, repositories)
  return { ok: chainFault === null && projectionsMatch, events: seq, head: hash, chainFault, projectionsMatch }
}

function* links({ events }: Repositories): Generator<ChainLink> {
  let prevHash = GENESIS
  let batch = events.after(0, 500)
  while (batch.length > 0) {
    for (const row of batch) {
      yield { seq: row.seq, hash: row.hash, body: row.body, prevHash }
      prevHash = row.hash
    }
    batch = events.after(batch.at(-1)?.seq ?? 0, 500)
  }
}

class Rollback extends Error {}

function projectionsEqualLog(store: Store, repositories: Repositories): boolean {
  const rows = () => JSON.stringify([repositories.entries.all(), repositories.visits.all()])
  let same = false
  try {
    store.transaction(() => {
      const before = rows()
      rebuildProjections(repositories)
      same = rows() === before
      throw new Rollback()
    })
  } catch (error) {
    if (!(error instanceof Rollback)) throw error
  }
  return same
}

/** Chains of this device's earlier generations: what of them extends the server's head is still pushed. */
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'

type OlderChain = { generation: number; ackedSeq: number }

export function createOlderChains({ db }: Store) {
  const all = prepare<Record<never, never>, OlderChain>(db, (q) =>
    q.selectFrom('older_chain').select(['generation', 'acked_seq as ackedSeq']).orderBy('generation'),
  )
  const put = prepare<OlderChain, never>(db, (q, p) =>
    q.replaceInto('older_chain').values({ generation: p('generation'), acked_seq: p('ackedSeq') }),
  )
  const remove = prepare<{ generation: number }, never>(db, (q, p) =>
    q.deleteFrom('older_chain').where('generation', '=', p('generation')),
  )

  return {
    /** Those that are not done with, the oldest first. */
    all: (): OlderChain[] => all.all({}),
    put: (chain: OlderChain): void => void put.run(chain),
    /** The server has all of it, or refuses the rest for good. */
    remove: (generation: number): void => void remove.run({ generation }),
  }
}

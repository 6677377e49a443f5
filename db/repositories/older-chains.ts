/** Chains of this device's earlier generations: what of them extends the server's head is still pushed. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'

type OlderChain = { generation: number; ackedSeq: number }

export function createOlderChains({ db }: Store) {
  const first = prepare<Record<never, never>, OlderChain>(db, (q) =>
    q
      .selectFrom('older_chain')
      .select(['generation', 'acked_seq as ackedSeq'])
      .orderBy('generation')
      .limit(sql.lit(1)),
  )
  const put = prepare<OlderChain, never>(db, (q, p) =>
    q.replaceInto('older_chain').values({ generation: p('generation'), acked_seq: p('ackedSeq') }),
  )
  const remove = prepare<{ generation: number }, never>(db, (q, p) =>
    q.deleteFrom('older_chain').where('generation', '=', p('generation')),
  )

  return {
    /** The oldest one that is not done with, or null. */
    first: (): OlderChain | null => first.get({}) ?? null,
    put: (chain: OlderChain): void => void put.run(chain),
    /** The server has all of it, or refuses the rest for good. */
    remove: (generation: number): void => void remove.run({ generation }),
  }
}

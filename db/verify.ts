/** Is the store what its log says? Chains, the server's signed head, projections and hand; reads only, also while it is in use. */
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'
import { chainFindings } from '#db/verify/chains.ts'
import { handFindings } from '#db/verify/hand.ts'
import { noteTextFindings } from '#db/verify/note-texts.ts'
import { foldLog, projectionFindings } from '#db/verify/projections.ts'
import { signedHeadFindings } from '#db/verify/signed-head.ts'
import type { Sha256 } from '#domain/chain.ts'

/** Where something is not what it should be: table, key of the row, and what about it. */
export type VerifyFinding = { table: string; key: string; what: string }

export type StoreVerdict = {
  ok: boolean
  /** Of all generations. */
  events: number
  /** Hash of the newest event of the present generation. */
  head: string
  findings: VerifyFinding[]
}

export function verifyStore({ db }: Pick<Store, 'db'>, repositories: Repositories, sha256: Sha256): StoreVerdict {
  // One view of the whole store, whatever the host writes meanwhile.
  return db
    .transaction(() => {
      const chains = chainFindings(repositories, sha256)
      const fold = foldLog(repositories)
      const findings = [
        ...chains.findings,
        ...signedHeadFindings(repositories),
        ...fold.findings,
        ...projectionFindings(repositories, fold),
        ...noteTextFindings(repositories, sha256),
        ...handFindings(repositories),
      ]
      const { hash } = repositories.events.head(repositories.device.get()?.generation ?? 1)
      return { ok: findings.length === 0, events: chains.events, head: hash, findings }
    })
    .deferred()
}

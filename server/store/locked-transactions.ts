/** PostgreSQL's door: every work is a transaction of its own, behind the lock of its mall. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Transact, Trx } from '#server/store/db.ts'
import { Lanes } from '#server/store/lanes.ts'
import { lockMall } from '#server/store/lock-mall.ts'
import type { Schema } from '#server/store/schema.ts'

const ATTEMPTS = 4
const PAUSE_MS = 20

/** One works and the next already waits at the lock. More would only take the connections that readers need. */
const AT_ONCE = 2

export function lockedTransactions(db: Kysely<Schema>): Transact {
  const lanes = new Lanes(AT_ONCE)

  async function transact<T>(mallId: string, work: (trx: Trx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await db.transaction().execute(async (trx) => {
          await lockMall(trx, mallId)
          return work(trx)
        })
      } catch (error) {
        if (attempt === ATTEMPTS || !isCollision(error)) throw error
        await sleep(PAUSE_MS * attempt * Math.random())
      }
    }
  }

  // A statement alone is a transaction already: one round trip where lock and commit would make it four.
  return (mallId, work) => (mallId === null ? work(db as Trx) : lanes.run(mallId, () => transact(mallId, work)))
}

/** Serialization failure and deadlock: PostgreSQL took the transaction back and asks for it again. */
function isCollision(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
}

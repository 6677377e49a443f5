/** PostgreSQL's door: every work is a transaction of its own, behind the lock of its mall. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import type { Transact } from '#server/store/db.ts'
import { lockMall } from '#server/store/lock-mall.ts'
import type { Schema } from '#server/store/schema.ts'

const ATTEMPTS = 4
const PAUSE_MS = 20

export function lockedTransactions(db: Kysely<Schema>): Transact {
  return async (mallId, work) => {
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
}

/** Serialization failure and deadlock: PostgreSQL took the transaction back and asks for it again. */
function isCollision(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === '40001' || error.code === '40P01')
}

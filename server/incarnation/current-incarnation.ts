import { prepare } from '#server/store/prepared.ts'
import { remember } from '#server/store/remembered.ts'
import type { Db, Trx } from '#server/store/schema.ts'

const present = remember(
  prepare<object, { incarnation: number }>((q) => q.selectFrom('server_state').select('incarnation')),
)

/** Asked each time it is needed: another program may have begun a new one. 0 for a database that no server has used yet. */
export async function currentIncarnation(db: Db | Trx): Promise<number> {
  const [state] = await present(db, {})
  return state?.incarnation ?? 0
}

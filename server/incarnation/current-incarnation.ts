import type { Db, Trx } from '#server/store/schema.ts'

/** Read each time it is needed: another program may have begun a new one. 0 for a database that no server has used yet. */
export async function currentIncarnation(db: Db | Trx): Promise<number> {
  const state = await db.selectFrom('server_state').select('incarnation').executeTakeFirst()
  return state?.incarnation ?? 0
}

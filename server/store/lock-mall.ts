import type { Trx } from '#server/store/db.ts'

/**
 * Keeps every other work of this mall, in whatever process, waiting until the transaction ends: dealing reads the whole
 * queue before it grants. For PostgreSQL; SQLite locks the whole database anyway.
 */
export async function lockMall(trx: Trx, mallId: string): Promise<void> {
  // A lock on a row that is not there would lock nothing, so that is an error.
  await trx.selectFrom('mall').select('id').where('id', '=', mallId).forUpdate().executeTakeFirstOrThrow()
}

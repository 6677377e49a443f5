/** Opens the mall server's database, or says in one line why it cannot. */
import type { Db } from '#server/store/db.ts'
import { openPostgres } from '#server/store/open-postgres.ts'
import { openSqlite } from '#server/store/open-sqlite.ts'
import { isPostgresUrl } from '#server/store/postgres-url.ts'

export { APPLICATION_ID, DATABASE_FILE } from '#server/store/open-sqlite.ts'

export type OpenOptions = {
  /** Refuse instead of creating a new database: for tools that need what a server has stored. */
  mustExist?: boolean
}

/** `place`: a folder for SQLite, or the postgres:// address of a database. */
export async function openStore(place: string, options: OpenOptions = {}): Promise<Db> {
  return isPostgresUrl(place) ? openPostgres(place, options) : openSqlite(place, options)
}

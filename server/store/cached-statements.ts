/** Prepares each SQL text once: for the short queries of a queue, preparing takes longer than running. */
import type { Database } from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'

/** The server has about a hundred texts, but a list of values makes one for every length. */
const KEPT = 500

export function cacheStatements(database: Database): SqliteDatabase {
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>()
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = statements.get(sql) ?? database.prepare<unknown[]>(sql)
      // To the end: what is used least recently stands first.
      statements.delete(sql)
      statements.set(sql, statement)
      const [oldest] = statements.keys()
      if (statements.size > KEPT && oldest !== undefined) statements.delete(oldest)
      return statement
    },
  }
}

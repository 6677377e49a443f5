/** Prepares each SQL text once: for the short queries of a queue, preparing takes longer than running. */
import type { Database } from 'better-sqlite3'
import type { SqliteDatabase } from 'kysely'
import type { WriteWatch } from '#server/store/write-watch.ts'

/** The server has about a hundred texts, but a list of values makes one for every length. */
const KEPT = 500

type Statement = ReturnType<SqliteDatabase['prepare']>

export function cacheStatements(database: Database, writes: WriteWatch): SqliteDatabase {
  const statements = new Map<string, { statement: Statement; target: string | null }>()
  const prepareNew = (sql: string) => {
    const statement = database.prepare<unknown[]>(sql)
    return { statement, target: writes.target(statement) }
  }
  return {
    close: () => database.close(),
    prepare(sql) {
      const known = statements.get(sql) ?? prepareNew(sql)
      // To the end: what is used least recently stands first.
      statements.delete(sql)
      statements.set(sql, known)
      const [oldest] = statements.keys()
      if (statements.size > KEPT && oldest !== undefined) statements.delete(oldest)
      // Whoever prepares a statement here runs it at once.
      if (known.target !== null) writes.written(known.target)
      return known.statement
    },
  }
}

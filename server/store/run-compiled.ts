/** A query that is compiled already: inside a transaction of SQLite it needs none of what Kysely does to find a connection. */
import type { CompiledQuery, Kysely } from 'kysely'
import type { Schema } from '#server/store/schema.ts'
import { ServerSqliteAdapter } from '#server/store/sqlite-dialect.ts'

export async function runCompiled<Row>(on: Kysely<Schema>, query: CompiledQuery<Row>): Promise<Row[]> {
  const { adapter } = on.getExecutor()
  if (on.isTransaction && adapter instanceof ServerSqliteAdapter) return adapter.runInside(query)
  const { rows } = await on.executeQuery<Row>(query)
  return rows
}

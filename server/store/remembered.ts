/**
 * A query that is asked with every request and seldom has another answer: on SQLite its rows are kept until one of its tables may
 * have changed. Several servers share a PostgreSQL database, where nobody knows what another one writes: there it is asked each time.
 */
import type { DialectAdapter } from 'kysely'
import type { Prepared } from '#server/store/prepared.ts'
import type { Schema } from '#server/store/schema.ts'
import { ServerSqliteAdapter } from '#server/store/sqlite-dialect.ts'

type Kept<Row> = { version: string; rows: Map<string, readonly Row[]> }

/** `tables`: all that the query reads. The rows are shared: nobody changes them. */
export function remember<Args extends object, Row>(
  tables: readonly (keyof Schema)[],
  query: Prepared<Args, Row>,
): (on: Parameters<Prepared<Args, Row>>[0], args: Args) => Promise<readonly Row[]> {
  const kept = new WeakMap<DialectAdapter, Kept<Row>>()
  return async (on, args) => {
    const { adapter } = on.getExecutor()
    if (!(adapter instanceof ServerSqliteAdapter)) return query(on, args)
    const version = adapter.writes.version(tables)
    let known = kept.get(adapter)
    if (known?.version !== version) {
      known = { version, rows: new Map() }
      kept.set(adapter, known)
    }
    const key = JSON.stringify(args)
    const rows = known.rows.get(key) ?? (await query(on, args))
    known.rows.set(key, rows)
    return rows
  }
}

/**
 * A query that is asked with every request and seldom has another answer: on SQLite its rows are kept until one of its tables may
 * have changed. Several servers share a PostgreSQL database, where nobody knows what another one writes: there it is asked each time.
 */
import type { DialectAdapter } from 'kysely'
import type { Prepared } from '#server/store/prepared.ts'
import { ServerSqliteAdapter } from '#server/store/sqlite-dialect.ts'

type Kept<Row> = { version: number; rows: Map<string, readonly Row[]> }

/** The rows are shared: nobody changes them. */
export function remember<Args extends object, Row>(
  query: Prepared<Args, Row>,
): (on: Parameters<Prepared<Args, Row>>[0], args: Args) => Promise<readonly Row[]> {
  const kept = new WeakMap<DialectAdapter, Kept<Row>>()
  let tables: readonly string[] | undefined
  return async (on, args) => {
    const { adapter } = on.getExecutor()
    if (!(adapter instanceof ServerSqliteAdapter)) return query(on, args)
    tables ??= tablesOf(query.sql(on))
    const version = adapter.writes.version(tables)
    let known = kept.get(adapter)
    if (known?.version !== version) {
      known = { version, rows: new Map() }
      kept.set(adapter, known)
    }
    // What a transaction wrote is nobody else's to see before it ends, though the tables have changed already.
    const key = JSON.stringify([on.isTransaction, args])
    const rows = known.rows.get(key) ?? (await query(on, args))
    // Nothing found is not kept: whoever asks for what is not there, over and over, would fill the memory.
    if (rows.length > 0) known.rows.set(key, rows)
    return rows
  }
}

/** Every name that stands where a table may. A column among them costs a question too many at most. */
function tablesOf(text: string): string[] {
  return [...new Set([...text.matchAll(/(?:\bfrom|\bjoin|,) "(\w+)"/g)].flatMap(([, name]) => name ?? []))]
}

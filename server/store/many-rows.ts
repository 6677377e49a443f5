/**
 * Many rows in few statements. A statement is built once for each kind of database and each number of rows; for every list
 * anew, building and preparing it took longer than running it. So a list is cut into pieces of a few sizes.
 */
import type { CompiledQuery, DialectAdapter, Kysely } from 'kysely'
import { runCompiled } from '#server/store/run-compiled.ts'
import type { Schema, Trx } from '#server/store/schema.ts'

/** The largest is far below what any database takes as parameters; what comes one by one is one statement. */
const SIZES = [128, 64, 32, 16, 8, 4, 3, 2, 1]

/** `build` gets rows of placeholders. All rows have the same columns. */
export function manyRows<Row extends object>(
  build: (q: Kysely<Schema>, rows: Row[]) => { compile(): CompiledQuery },
): (trx: Trx, rows: readonly Row[]) => Promise<void> {
  const compiled = new WeakMap<DialectAdapter, Map<number, CompiledQuery>>()
  /** In the order in which they are bound. */
  let columns: readonly string[] | null = null

  function statement(trx: Trx, bound: readonly string[], size: number): CompiledQuery {
    const { adapter } = trx.getExecutor()
    const known = compiled.get(adapter) ?? new Map<number, CompiledQuery>()
    compiled.set(adapter, known)
    const query = known.get(size) ?? build(trx, placeholders<Row>(bound, size)).compile()
    if (query.parameters.length !== size * bound.length) throw new Error('only what the rows hold may be bound')
    known.set(size, query)
    return query
  }

  return async (trx, rows) => {
    const [first] = rows
    if (!first) return
    columns ??= Object.keys(first)
    for (let from = 0; from < rows.length; ) {
      const size = SIZES.find((one) => one <= rows.length - from) ?? 1
      const parameters: unknown[] = []
      for (const row of rows.slice(from, from + size)) {
        for (const column of columns) parameters.push(row[column as keyof Row])
      }
      await runCompiled(trx, { ...statement(trx, columns, size), parameters })
      from += size
    }
  }
}

/** Any value will do, as long as it is bound: null would become part of the text. */
function placeholders<Row extends object>(columns: readonly string[], size: number): Row[] {
  return Array.from({ length: size }, () => Object.fromEntries(columns.map((column) => [column, 0])) as Row)
}

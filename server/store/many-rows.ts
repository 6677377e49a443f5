/**
 * Many rows in few statements. A statement is built once for each kind of database and each number of rows; for every list
 * anew, building and preparing it took longer than running it. So a list is cut into pieces of a few sizes.
 */
import type { CompiledQuery, DialectAdapter, Kysely } from 'kysely'
import type { Schema, Trx } from '#server/store/schema.ts'

/** The largest is far below what any database takes as parameters; what comes one by one is one statement. */
const SIZES = [128, 64, 32, 16, 8, 4, 3, 2, 1]

/** Stands for a value that is bound later. */
class Place {
  readonly row: number
  readonly column: PropertyKey
  constructor(row: number, column: PropertyKey) {
    this.row = row
    this.column = column
  }
}

/** `build` gets rows that stand for those of a piece. All rows have the same columns. */
export function manyRows<Row extends object>(
  build: (q: Kysely<Schema>, rows: Row[]) => { compile(): CompiledQuery },
): (trx: Trx, rows: readonly Row[]) => Promise<void> {
  const compiled = new WeakMap<DialectAdapter, Map<number, CompiledQuery>>()

  function statement(trx: Trx, like: Row, size: number): CompiledQuery {
    const { adapter } = trx.getExecutor()
    const known = compiled.get(adapter) ?? new Map<number, CompiledQuery>()
    compiled.set(adapter, known)
    const query = known.get(size) ?? build(trx, placesLike(like, size)).compile()
    known.set(size, query)
    return query
  }

  return async (trx, rows) => {
    let rest = rows
    for (let first = rest[0]; first; first = rest[0]) {
      const size = SIZES.find((one) => one <= rest.length) ?? 1
      const piece = rest
      const query = statement(trx, first, size)
      const parameters = query.parameters.map((value) =>
        value instanceof Place ? piece[value.row]?.[value.column as keyof Row] : value,
      )
      await trx.executeQuery({ ...query, parameters })
      rest = rest.slice(size)
    }
  }
}

function placesLike<Row extends object>(row: Row, size: number): Row[] {
  const columns = Object.keys(row)
  return Array.from(
    { length: size },
    (_, at) => Object.fromEntries(columns.map((column) => [column, new Place(at, column)])) as Row,
  )
}

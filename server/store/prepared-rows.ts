/**
 * Writes of whole rows. The SQL depends on nothing but their number, and nearly always there are few: for those it is built and
 * compiled once for each number.
 */
import type { CompiledQuery, Kysely } from 'kysely'
import { type Prepared, prepare } from '#server/store/prepared.ts'
import type { Schema, Trx } from '#server/store/schema.ts'

/** More rows at once are rare, and what is kept for them would be large. */
const FEW = 8

/** All rows have the same columns. */
export function prepareRows<Row extends object>(
  build: (q: Kysely<Schema>, rows: readonly Row[]) => { compile(): CompiledQuery },
): (trx: Trx, rows: readonly Row[]) => Promise<void> {
  const byNumber = new Map<number, Prepared<Record<string, unknown>, unknown>>()
  return async (trx, rows) => {
    if (rows.length === 0) return
    if (rows.length > FEW) {
      await trx.executeQuery(build(trx, rows).compile())
      return
    }
    let write = byNumber.get(rows.length)
    if (!write) {
      write = prepare((q, param) => build(q, rows.map((row, n) => mapCells(row, n, (name) => param(name))) as Row[]))
      byNumber.set(rows.length, write)
    }
    await write(trx, Object.fromEntries(rows.flatMap(cellsOf)))
  }
}

function cellsOf(row: object, n: number): [string, unknown][] {
  return Object.entries(row).map(([column, value]) => [`${n}.${column}`, value])
}

function mapCells(row: object, n: number, cellFor: (name: string) => unknown): object {
  return Object.fromEntries(Object.keys(row).map((column) => [column, cellFor(`${n}.${column}`)]))
}

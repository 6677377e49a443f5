/**
 * Rows that belong to a list of ids. A statement is built once for each kind of database and each of a few lengths; a list of another
 * length says its first id several times.
 */
import type { CompiledQuery, DialectAdapter, Kysely } from 'kysely'
import { runCompiled } from '#server/store/run-compiled.ts'
import type { Schema } from '#server/store/schema.ts'

const LONGEST = 128
const LENGTHS = [1, 2, 4, 8, 16, 32, 64, LONGEST]

/** `build` gets as many placeholders as there are ids; nothing else may be bound. No id may come twice. */
export function prepareList<Row>(
  build: (q: Kysely<Schema>, ids: string[]) => { compile(): CompiledQuery<Row> },
): (on: Kysely<Schema>, ids: readonly string[]) => Promise<Row[]> {
  const compiled = new WeakMap<DialectAdapter, Map<number, CompiledQuery<Row>>>()

  function statement(on: Kysely<Schema>, length: number): CompiledQuery<Row> {
    const { adapter } = on.getExecutor()
    const known = compiled.get(adapter) ?? new Map<number, CompiledQuery<Row>>()
    compiled.set(adapter, known)
    const query = known.get(length) ?? build(on, new Array<string>(length).fill('')).compile()
    if (query.parameters.length !== length) throw new Error('only the ids may be bound')
    known.set(length, query)
    return query
  }

  return async (on, ids) => {
    const rows: Row[] = []
    for (let from = 0; from < ids.length; from += LONGEST) {
      const piece = ids.slice(from, from + LONGEST)
      const length = LENGTHS.find((one) => one >= piece.length) ?? LONGEST
      const parameters = [...piece, ...new Array(length - piece.length).fill(piece[0])]
      rows.push(...(await runCompiled<Row>(on, { ...statement(on, length), parameters })))
    }
    return rows
  }
}

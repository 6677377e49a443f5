/**
 * A query of the hot path: built and compiled once for each kind of database, afterwards only bound and run. What names a
 * parameter stands for one value; a list of changing length belongs in an ordinary query.
 */
import type { CompiledQuery, DialectAdapter, Kysely } from 'kysely'
import { runCompiled } from '#server/store/run-compiled.ts'
import type { Schema } from '#server/store/schema.ts'

class Named {
  readonly name: PropertyKey
  constructor(name: PropertyKey) {
    this.name = name
  }
}

/** Stands for a value that is bound later. */
export type Param<Args> = <K extends keyof Args>(name: K) => Args[K]

export type Prepared<Args, Row> = {
  /** Runs the query where it is told to: in a transaction, or on the database. */
  (on: Kysely<Schema>, args: Args): Promise<Row[]>
  /** Its text, as this database is asked. */
  sql(on: Kysely<Schema>): string
}

export function prepare<Args, Row>(
  build: (q: Kysely<Schema>, param: Param<Args>) => { compile(): CompiledQuery<Row> },
): Prepared<Args, Row> {
  const compiled = new WeakMap<DialectAdapter, CompiledQuery<Row>>()
  const compiledFor = (on: Kysely<Schema>) => {
    const { adapter } = on.getExecutor()
    let query = compiled.get(adapter)
    if (!query) {
      query = build(on, (name) => new Named(name) as never).compile()
      compiled.set(adapter, query)
    }
    return query
  }
  const run = (on: Kysely<Schema>, args: Args): Promise<Row[]> => {
    const query = compiledFor(on)
    const parameters = query.parameters.map((value) =>
      value instanceof Named ? args[value.name as keyof Args] : value,
    )
    return runCompiled<Row>(on, { ...query, parameters })
  }
  return Object.assign(run, { sql: (on: Kysely<Schema>) => compiledFor(on).sql })
}

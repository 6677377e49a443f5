/**
 * Kysely as the typed query builder, better-sqlite3 as the synchronous engine. A statement is built and compiled once with
 * named parameters, then only bound and run: nothing is awaited inside a transaction and nothing is compiled on a hot path.
 * Write constants that the planner looks at (LIMIT 1, the condition of a partial index) as literals with sql.lit: a bound
 * one makes SQLite plan the query again on every run (measured: 15 µs instead of 0.5).
 */
import type { Database } from 'better-sqlite3'
import { type CompiledQuery, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Tables } from '#db/schema.ts'

const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

class Named {
  readonly name: PropertyKey
  constructor(name: PropertyKey) {
    this.name = name
  }
}

/** Stands for a value that is bound later. */
type Param<Args> = <K extends keyof Args>(name: K) => Args[K]

export type Statement<Args, Row> = {
  get(args: Args): Row | undefined
  all(args: Args): Row[]
  /** Number of rows changed. */
  run(args: Args): number
}

/** Prepares a query. `build` gets the query builder and a function that names parameters. */
export function prepare<Args, Row>(
  db: Database,
  build: (q: Kysely<Tables>, param: Param<Args>) => { compile(): CompiledQuery<Row> },
): Statement<Args, Row> {
  const compiled = build(builder, (name) => new Named(name) as never).compile()
  const statement = db.prepare<unknown[], Row>(compiled.sql)
  const bind = (args: Args) =>
    compiled.parameters.map((value) => (value instanceof Named ? args[value.name as keyof Args] : value))
  return {
    get: (args) => statement.get(...bind(args)),
    all: (args) => statement.all(...bind(args)),
    run: (args) => statement.run(...bind(args)).changes,
  }
}

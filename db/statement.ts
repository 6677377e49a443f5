/**
 * Kysely as the typed query builder, better-sqlite3 as the synchronous engine. A statement is built and compiled once with
 * named parameters, then only bound and run: nothing is awaited inside a transaction and nothing is compiled on a hot path.
 * Write constants that the planner has to see (LIMIT 1, the condition of a partial index) as literals with sql.lit: what is bound
 * is hidden from it (see SteadyCompiler).
 */
import type { Database, Statement as SqliteStatement } from 'better-sqlite3'
import { type CompiledQuery, DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Tables } from '#db/schema.ts'

/**
 * A parameter alone is something SQLite may look into while it plans, and then it plans anew with every value that is bound
 * (measured: 25 µs where running the query took 4). The plus changes nothing about the value and hides it from the plan.
 */
class SteadyCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?'
  }
}

const builder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SteadyCompiler(),
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

/**
 * A query that is built, compiled and prepared on its first use, so that a start costs only what it needs. `build` gets the
 * query builder and a function that names parameters.
 */
export function prepare<Args, Row>(
  db: Database,
  build: (q: Kysely<Tables>, param: Param<Args>) => { compile(): CompiledQuery<Row> },
): Statement<Args, Row> {
  let prepared: { statement: SqliteStatement<unknown[], Row>; parameters: readonly unknown[] } | null = null

  function ready() {
    if (!prepared) {
      const { sql, parameters } = build(builder, (name) => new Named(name) as never).compile()
      prepared = { statement: db.prepare<unknown[], Row>(sql), parameters }
    }
    return prepared
  }

  function bind(parameters: readonly unknown[], args: Args): unknown[] {
    return parameters.map((value) => (value instanceof Named ? args[value.name as keyof Args] : value))
  }

  return {
    get(args) {
      const { statement, parameters } = ready()
      return statement.get(...bind(parameters, args))
    },
    all(args) {
      const { statement, parameters } = ready()
      return statement.all(...bind(parameters, args))
    },
    run(args) {
      const { statement, parameters } = ready()
      return statement.run(...bind(parameters, args)).changes
    },
  }
}

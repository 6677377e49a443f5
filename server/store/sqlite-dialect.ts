/** Kysely's SQLite dialect with what a server needs: transactions that lock at once, DDL inside them, and plans that last. */

import type { SqliteDatabase } from 'kysely'
import { type CompiledQuery, SqliteAdapter, SqliteDialect, SqliteDriver, SqliteQueryCompiler } from 'kysely'
import type { WriteWatch } from '#server/store/write-watch.ts'

export class ServerSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  readonly #writes: WriteWatch

  constructor(database: SqliteDatabase, writes: WriteWatch) {
    super({ database })
    this.#database = database
    this.#writes = writes
  }

  override createDriver(): ImmediateDriver {
    return new ImmediateDriver(this.#database)
  }

  override createQueryCompiler(): SqliteQueryCompiler {
    return new SteadyCompiler()
  }

  override createAdapter(): ServerSqliteAdapter {
    return new ServerSqliteAdapter(this.#database, this.#writes)
  }
}

/**
 * A parameter alone is something SQLite may look into while it plans, and then it plans anew with every value that is bound: of a
 * query with an order that took 25 µs where running it took 4. The plus changes nothing about the value and hides it from the plan.
 */
class SteadyCompiler extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?'
  }
}

class ImmediateDriver extends SqliteDriver {
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase) {
    super({ database })
    this.#database = database
  }

  // A deferred transaction that reads first fails with SQLITE_BUSY when another process (enrol, export) wrote meanwhile.
  override async beginTransaction(): Promise<void> {
    this.#database.prepare('begin immediate').run([])
  }

  override async commitTransaction(): Promise<void> {
    this.#database.prepare('commit').run([])
  }
}

export class ServerSqliteAdapter extends SqliteAdapter {
  readonly writes: WriteWatch
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase, writes: WriteWatch) {
    super()
    this.#database = database
    this.writes = writes
  }

  /**
   * Runs a query of the transaction that is under way and returns its rows. That transaction has the one connection to itself, so there
   * is nothing to wait for, as there is for whoever is outside of it.
   */
  runInside<Row>({ sql, parameters }: CompiledQuery<Row>): Row[] {
    const statement = this.#database.prepare(sql)
    if (statement.reader) return statement.all(parameters) as Row[]
    statement.run(parameters)
    return []
  }

  // SQLite can; Kysely only assumes otherwise. A migration that fails half way leaves nothing behind.
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** Kysely's SQLite dialect with the two things a server needs: transactions that lock at once, and DDL inside them. */

import type { SqliteDatabase, SqliteDialectConfig } from 'kysely'
import { CompiledQuery, type DatabaseConnection, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely'
import type { WriteWatch } from '#server/store/write-watch.ts'

export class ServerSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #writes: WriteWatch

  constructor(database: SqliteDatabase, writes: WriteWatch) {
    super({ database })
    this.#config = { database }
    this.#writes = writes
  }

  override createDriver(): ImmediateDriver {
    return new ImmediateDriver(this.#config)
  }

  override createAdapter(): ServerSqliteAdapter {
    return new ServerSqliteAdapter(this.#writes)
  }
}

class ImmediateDriver extends SqliteDriver {
  // A deferred transaction that reads first fails with SQLITE_BUSY when another process (enrol, export) wrote meanwhile.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

export class ServerSqliteAdapter extends SqliteAdapter {
  readonly writes: WriteWatch

  constructor(writes: WriteWatch) {
    super()
    this.writes = writes
  }

  // SQLite can; Kysely only assumes otherwise. A migration that fails half way leaves nothing behind.
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

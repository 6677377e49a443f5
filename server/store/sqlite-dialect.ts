/** Kysely's SQLite dialect with the two things a server needs: transactions that lock at once, and DDL inside them. */

import type { SqliteDialectConfig } from 'kysely'
import { CompiledQuery, type DatabaseConnection, SqliteAdapter, SqliteDialect, SqliteDriver } from 'kysely'

export class ServerSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig

  constructor(config: SqliteDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): ImmediateDriver {
    return new ImmediateDriver(this.#config)
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalDdlAdapter()
  }
}

class ImmediateDriver extends SqliteDriver {
  // A deferred transaction that reads first fails with SQLITE_BUSY when another process (enrol, export) wrote meanwhile.
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

class TransactionalDdlAdapter extends SqliteAdapter {
  // SQLite can; Kysely only assumes otherwise. A migration that fails half way leaves nothing behind.
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

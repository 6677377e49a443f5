import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** Written with every request, found by their keys alone. */
const TABLES = ['sequence', 'event', 'claim', 'change']

/**
 * On SQLite a table with a key of text is two trees, its rows and its key, and each tree a request writes to is a page more in its
 * commit: without row ids it is one. Changes are read on from where a device is, and a whole day of them (60,000) in 30 ms without an
 * index by who they are for, which cost two pages with every grant and made it no faster. PostgreSQL has no such tables and keeps its rows as they are.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  // No query asks for it.
  await db.schema.dropIndex('claim_of_device').execute()
  if (!(db.getExecutor().adapter instanceof SqliteAdapter)) return
  await db.schema.dropIndex('change_of_audience').execute()
  for (const table of TABLES) await buildAnew(db, table)
}

async function buildAnew(db: Kysely<unknown>, table: string): Promise<void> {
  const {
    rows: [found],
  } = await sql<{ sql: string }>`select sql from sqlite_master where type = 'table' and name = ${table}`.execute(db)
  if (!found) throw new Error(`there is no table ${table}`)
  const columns = found.sql.slice(found.sql.indexOf('('))
  await sql`${sql.raw(`create table "${table}_14" ${columns} without rowid`)}`.execute(db)
  await sql`insert into ${sql.table(`${table}_14`)} select * from ${sql.table(table)}`.execute(db)
  await db.schema.dropTable(table).execute()
  await db.schema.alterTable(`${table}_14`).renameTo(table).execute()
}

/** What must be true of a PostgreSQL database before the server works on it. */
import type { ClientBase } from 'pg'
import { StartError } from '#server/start-error.ts'
import { MIGRATION_TABLE } from '#server/store/migrate.ts'
import { MIGRATIONS } from '#server/store/migrations/index.ts'

const OLDEST = 14

export async function checkServer(client: ClientBase, place: string): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
  )
  const [{ version, encoding } = { version: 0, encoding: '' }] = rows
  if (version < OLDEST * 10_000) {
    const found = Math.floor(version / 10_000)
    throw new StartError('DATABASE_TOO_OLD', `${place} memakai versi ${found}; perlu versi ${OLDEST} atau lebih baru.`)
  }
  if (encoding !== 'UTF8') {
    throw new StartError('DATABASE_NOT_UTF8', `${place} memakai pengodean ${encoding}. Buat basis data dengan UTF8.`)
  }
}

/** True for a database without tables. Throws StartError for the tables of something else, which are left alone. */
export async function checkOwnership(client: ClientBase, place: string): Promise<boolean> {
  const { rows } = await client.query<{ tablename: string }>(
    'select tablename from pg_tables where schemaname = current_schema()',
  )
  const tables = rows.map((row) => row.tablename)
  // A start that was cut off leaves these two and nothing else.
  if (tables.every((table) => table === MIGRATION_TABLE || table === `${MIGRATION_TABLE}_lock`)) return true
  const [first] = Object.keys(MIGRATIONS)
  const isOurs =
    tables.includes(MIGRATION_TABLE) &&
    (await client.query(`select 1 from ${MIGRATION_TABLE} as m where to_jsonb(m) ->> 'name' = $1`, [first]))
      .rowCount === 1
  if (!isOurs) {
    throw new StartError('DATABASE_FOREIGN', `${place} berisi tabel program lain. Buat basis data kosong untuk Loket.`)
  }
  return false
}

/** Triggers are written differently by every database, so they stand apart from the portable migrations. */
export async function protectFacts(client: ClientBase): Promise<void> {
  await client.query(`
    create or replace function event_never_changes() returns trigger language plpgsql as
      $$ begin raise exception 'events are never changed or deleted'; end $$;
    create or replace trigger event_never_changes before update or delete or truncate on event
      for each statement execute function event_never_changes()`)
}

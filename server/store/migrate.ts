/** Brings the database to this program's schema; a database of a newer program is left alone. */
import { Migrator } from 'kysely/migration'
import { StartError } from '#server/start-error.ts'
import { MIGRATIONS } from '#server/store/migrations/index.ts'
import type { Db } from '#server/store/schema.ts'

export const MIGRATION_TABLE = 'schema_migration'

export async function migrate(db: Db, place: string): Promise<void> {
  const unknown = (await appliedMigrations(db)).find((name) => !(name in MIGRATIONS))
  if (unknown) {
    throw new StartError(
      'NEWER_SCHEMA',
      `${place} dibuat versi Loket yang lebih baru (${unknown}). Perbarui programnya.`,
    )
  }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableName: MIGRATION_TABLE,
    migrationLockTableName: `${MIGRATION_TABLE}_lock`,
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

async function appliedMigrations(db: Db): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === MIGRATION_TABLE)) return []
  const rows = await db
    .withTables<{ [MIGRATION_TABLE]: { name: string } }>()
    .selectFrom(MIGRATION_TABLE)
    .select('name')
    .execute()
  return rows.map((row) => row.name)
}

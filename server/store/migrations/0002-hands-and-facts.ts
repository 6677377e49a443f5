/**
 * Several malls in one database, claims beside entries, findings apart from events, and what hello, recalls and restores
 * need. Every table is built anew beside the old one, filled, and takes its name: the only way that every database knows.
 */
import { type Kysely, sql } from 'kysely'
import { copyAll } from '#server/store/migrations/0002-copy.ts'
import { createTables } from '#server/store/migrations/0002-tables.ts'

/** Children before their parents: a table is dropped only when nothing refers to it. */
const OLD_TABLES = [
  'change',
  'personal_text',
  'event',
  'number_lease',
  'number_series',
  'entry',
  'visit',
  'counter_session',
  'enrolment_code',
  'device',
  'config_version',
  'sequence',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  await createTables(db.schema)
  const latest = await sql<{ mall_id: string }>`
    select mall_id from config_version order by version desc limit 1`.execute(db)
  const mallId = latest.rows[0]?.mall_id
  // Without a configuration nothing was ever enrolled, issued or told.
  if (mallId !== undefined) await copyAll(db, mallId)
  for (const table of OLD_TABLES) {
    await db.schema.dropTable(table).execute()
  }
  for (const table of OLD_TABLES) {
    await db.schema.alterTable(`${table}_2`).renameTo(table).execute()
  }
}

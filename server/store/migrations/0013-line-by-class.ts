import { type Kysely, sql } from 'kysely'
import { IS_PRIORITY } from '#server/store/is-priority.ts'

/** Who is first of one class is found without reading past everybody of the other, however many wait. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('entry_waiting').execute()
  await sql`create index entry_waiting
    on entry (mall_id, business_date, device_id, service_id, (${IS_PRIORITY}), goes_first desc, rank_since, ord)
    where status = 'waiting'`.execute(db)
}

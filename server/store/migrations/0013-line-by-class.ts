import { type Kysely, sql } from 'kysely'

/**
 * Who is first of one class is found without reading past everybody of the other, however many wait. SQLite reads them in the order
 * of the index and stops; for PostgreSQL `device_id is null` fixes no place in it, so it sorts all of the class each time.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('entry_waiting').execute()
  await sql`create index entry_waiting
    on entry (mall_id, business_date, device_id, service_id, (case when priority is null then 0 else 1 end), goes_first desc, rank_since, ord)
    where status = 'waiting'`.execute(db)
}

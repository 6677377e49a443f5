/** Appointments, transfers to a place in line and with a way back, and why a number was called. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db
  await schema.alterTable('entry').addColumn('appointment_at', 'bigint').execute()
  await schema
    .alterTable('entry')
    .addColumn('rank_since', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute()
  await schema.alterTable('entry').addColumn('rank_by', 'text').execute()
  await schema
    .alterTable('entry')
    .addColumn('goes_first', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  for (const column of ['returns_service_id', 'returns_counter_id', 'returns_journey_id', 'out_of_order']) {
    await schema.alterTable('entry').addColumn(column, 'text').execute()
  }
  for (const column of [
    ...['to_place', 'to_returns_service_id', 'to_returns_counter_id', 'to_returns_journey_id', 'out_of_order'],
  ]) {
    await schema.alterTable('claim').addColumn(column, 'text').execute()
  }
  await sql`update entry set rank_since = waiting_since`.execute(db)
  await schema.dropIndex('entry_waiting').execute()
  await schema
    .createIndex('entry_waiting')
    .on('entry')
    .columns(['mall_id', 'business_date', 'device_id', 'service_id', 'goes_first desc', 'rank_since', 'ord'])
    .where(sql.ref('status'), '=', 'waiting')
    .execute()
}

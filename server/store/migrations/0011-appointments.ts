import type { Kysely } from 'kysely'

/** Bookings by their code: a service and a time, and the visit that came of it. No names and no numbers of persons. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('appointment')
    .addColumn('mall_id', 'text', (c) => c.notNull())
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('service_id', 'text', (c) => c.notNull())
    .addColumn('business_date', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('used_by', 'text')
    .addPrimaryKeyConstraint('appointment_pk', ['mall_id', 'code'])
    .execute()
  await schema.createIndex('appointment_of_day').on('appointment').columns(['mall_id', 'business_date']).execute()
}

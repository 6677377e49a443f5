import type { Kysely } from 'kysely'

/** Services that an entry delivered; and notes, of which salt and value are purged while the hash stays. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  for (const table of ['entry', 'claim']) await schema.alterTable(table).addColumn('delivered', 'text').execute()
  await schema
    .alterTable('entry')
    .addColumn('noted', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await schema
    .createTable('note')
    .addColumn('visit_id', 'text', (c) => c.notNull())
    .addColumn('entry_no', 'integer', (c) => c.notNull())
    .addColumn('device_id', 'text', (c) => c.notNull().references('device.id'))
    .addColumn('value_hash', 'text', (c) => c.notNull())
    .addColumn('mall_id', 'text', (c) => c.notNull())
    .addColumn('agency_id', 'text')
    .addColumn('counter_id', 'text')
    .addColumn('officer_id', 'text')
    .addColumn('noted_at', 'bigint', (c) => c.notNull())
    .addColumn('salt', 'text')
    .addColumn('value', 'text')
    .addPrimaryKeyConstraint('note_pk', ['visit_id', 'entry_no', 'device_id', 'value_hash'])
    .execute()
  await schema.createIndex('note_of_mall').on('note').columns(['mall_id', 'noted_at']).execute()
}

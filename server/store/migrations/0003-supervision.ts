import type { Kysely } from 'kysely'

/** Wrong PINs of supervisors: counted in the database, so that several servers count together. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('supervisor_attempt')
    .addColumn('mall_id', 'text', (c) => c.notNull())
    .addColumn('officer_id', 'text', (c) => c.notNull())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('locked_until', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('supervisor_attempt_pk', ['mall_id', 'officer_id'])
    .execute()
}

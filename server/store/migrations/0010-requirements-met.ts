import type { Kysely } from 'kysely'

/** Whether the visitor had everything when the number was given, as the front desk ticked it off. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('visit').addColumn('requirements_met', 'integer').execute()
}

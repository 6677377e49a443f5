import type { Kysely } from 'kysely'

/** Which of its services a counter's session takes: a JSON list of ids, null for all of them. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('counter_session').addColumn('chosen_services', 'text').execute()
}

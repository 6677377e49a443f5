import type { Kysely } from 'kysely'

/** What the bank printed on the proof of payment, of a completed service that costs something. */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  for (const table of ['entry', 'claim']) {
    await schema.alterTable(table).addColumn('payment_reference', 'text').execute()
  }
}

/**
 * Indexes that hold only what the queue looks for: an entry that is served or over costs nothing to change, and the open
 * sessions are found without reading those of earlier days.
 */
import { type Kysely, sql } from 'kysely'

export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await schema.dropIndex('entry_of_day').execute()
  await schema.dropIndex('entry_of_counter').execute()
  await schema.createIndex('entry_of_day').on('entry').columns(['mall_id', 'business_date', 'ord']).execute()
  await schema
    .createIndex('entry_waiting')
    .on('entry')
    .columns(['mall_id', 'business_date', 'device_id', 'service_id', 'waiting_since', 'ord'])
    .where(sql.ref('status'), '=', 'waiting')
    .execute()
  await schema
    .createIndex('entry_transferred')
    .on('entry')
    .columns(['mall_id', 'business_date', 'device_id', 'for_counter_id'])
    .where(sql.ref('status'), '=', 'waiting')
    .where(sql.ref('for_counter_id'), 'is not', null)
    .execute()
  await schema
    .createIndex('entry_called')
    .on('entry')
    .columns(['mall_id', 'business_date', 'counter_id', 'called_at'])
    .where(sql.ref('called_at'), 'is not', null)
    .execute()
  await schema
    .createIndex('session_open')
    .on('counter_session')
    .columns(['mall_id', 'counter_id'])
    .where(sql.ref('closed_at'), 'is', null)
    .execute()
}

/** A database of the first version keeps every row when this version opens it. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { expect, test } from 'vitest'
import { MIGRATIONS } from '#server/store/migrations/index.ts'
import { DATABASE_FILE, openStore } from '#server/store/open.ts'
import { ServerSqliteDialect } from '#server/store/sqlite-dialect.ts'
import { watchWrites } from '#server/store/write-watch.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const HASH = 'a'.repeat(64)

const ROWS = `
  insert into server_state values (1, 1, 1000);
  insert into sequence values ('arrival', 3), ('grant', 2), ('change', 2), ('slot', 2);
  insert into config_version values (1, 'mal-uji', 'segel', '{}', 1000);
  insert into device values ('pc', 'hash-1', 'counter', 'loket-1', 'PC', 1, 1, 1000, null);
  insert into device values ('meja', 'hash-2', 'front_desk', 'meja-1', 'Meja', 2, 1, 1000, null);
  insert into enrolment_code values ('kode', 'counter', 'loket-1', 1000, 2000, 1500, 'pc');
  insert into counter_session values ('loket-1', 1, 'pc', 1000, null);
  insert into visit values ('v1', 'A-001', '2026-11-16', 'elderly', 1000, 'meja'), ('v2', 'A-002', '2026-11-16', null, 1001, 'meja');
  insert into entry values
    ('v1', 1, 'ktp', 'forwarded', 'A-001', '2026-11-16', 'elderly', null, 1000, 1000, 1, 'loket-1', 'pc', 1, 1, 1100, 1200, 1300, 'made', null, 90, 'kk'),
    ('v1', 2, 'kk', 'waiting', 'A-001', '2026-11-16', 'elderly', null, 1000, 1300, 3, null, null, null, null, null, null, null, null, null, null, null),
    ('v2', 1, 'ktp', 'called', 'A-002', '2026-11-16', null, null, 1001, 1001, 2, 'loket-1', 'pc', 1, 2, 1400, null, null, 'made', null, null, null);
  insert into number_series values ('2026-11-16', 'A', 21);
  insert into number_lease values ('req', 'meja', 'ktp', '2026-11-16', 1, 20, 1000);
  insert into event values
    ('pc', 1, '${HASH}', '${HASH}', '{}', 'counter.opened', 1000, null),
    ('pc', 2, '${HASH}', '${HASH}', 'x', null, 1001, 'UNDECODABLE'),
    ('pc', 3, '${HASH}', '${HASH}', '{"data":{"visitId":"v1","entryNo":1}}', 'entry.presented', 1100, null),
    ('pc', 4, '${HASH}', '${HASH}', '{"data":{"visitId":"v1","entryNo":1}}', 'entry.called', 1100, null),
    ('pc', 5, '${HASH}', '${HASH}', '{"data":{"visitId":"v2","entryNo":1}}', 'entry.presented', 1400, null),
    ('pc', 6, '${HASH}', '${HASH}', '{"data":{"visitId":"v1","entryNo":1}}', 'entry.presented', 1500, 'STATUS_CONFLICT');
  insert into personal_text values ('v1', 1, 'nomor', 'pc', '${HASH}', null, null, null);
  insert into change values (1, 'mall', null, '{"kind":"config","version":1}'), (2, 'device:pc', '2026-11-16', '{}');
`

async function firstVersion(): Promise<string> {
  const folder = tempFolder()
  const database = new Database(join(folder, DATABASE_FILE))
  database.pragma('application_id = 0x4c6b5376')
  database.pragma('foreign_keys = ON')
  const db = new Kysely<unknown>({ dialect: new ServerSqliteDialect(database, watchWrites(database)) })
  const first = { '0001-first-tables': MIGRATIONS['0001-first-tables'] as (typeof MIGRATIONS)[string] }
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => first },
    migrationTableName: 'schema_migration',
    migrationLockTableName: 'schema_migration_lock',
  })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
  for (const act of ['update', 'delete']) {
    database.exec(
      `create trigger event_never_${act} before ${act} on event begin select raise(abort, 'never changed'); end`,
    )
  }
  database.exec(ROWS)
  await db.destroy()
  return folder
}

test('every row is kept, belongs to the one mall, and what was called is a claim', async () => {
  const db = await openStore(await firstVersion())

  expect(await db.selectFrom('mall').selectAll().execute()).toEqual([{ id: 'mal-uji', server_device_id: null }])
  expect(await db.selectFrom('incarnation').selectAll().execute()).toEqual([{ n: 1, began_at: 1000 }])
  expect(await db.selectFrom('device').select(['id', 'mall_id', 'incarnation', 'adopted_seq']).execute()).toEqual([
    { id: 'pc', mall_id: 'mal-uji', incarnation: 1, adopted_seq: 0 },
    { id: 'meja', mall_id: 'mal-uji', incarnation: 1, adopted_seq: 0 },
  ])
  expect(
    await db
      .selectFrom('entry')
      .select(['label', 'entry_no', 'opened_by', 'winner_device_id'])
      .orderBy('ord')
      .execute(),
  ).toEqual([
    { label: 'A-001', entry_no: 1, opened_by: null, winner_device_id: 'pc' },
    { label: 'A-002', entry_no: 1, opened_by: null, winner_device_id: 'pc' },
    { label: 'A-001', entry_no: 2, opened_by: 'pc', winner_device_id: null },
  ])
  expect(
    await db.selectFrom('claim').select(['visit_id', 'status', 'strength', 'standing', 'served_ms']).execute(),
  ).toEqual([
    { visit_id: 'v1', status: 'forwarded', strength: 3, standing: 'active', served_ms: 90 },
    { visit_id: 'v2', status: 'called', strength: 1, standing: 'active', served_ms: null },
  ])
  // Opened by a slip that was shown: the last opening counts, of those that were applied.
  for (const table of ['claim', 'entry'] as const) {
    const shown = db.selectFrom(table).select('visit_id').where('slip_shown', '=', 1)
    expect([table, await shown.execute()]).toEqual([table, [{ visit_id: 'v2' }]])
  }
  expect(await db.selectFrom('event').select(['generation', 'seq', 'mall_id']).orderBy('seq').execute()).toEqual([
    ...[1, 2, 3, 4, 5, 6].map((seq) => ({ generation: 1, seq, mall_id: 'mal-uji' })),
  ])
  expect(await db.selectFrom('finding').select(['seq', 'code', 'found_at']).orderBy('seq').execute()).toEqual([
    { seq: 2, code: 'UNDECODABLE', found_at: 1001 },
    { seq: 6, code: 'STATUS_CONFLICT', found_at: 1500 },
  ])
  expect(await db.selectFrom('change').select(['seq', 'audience']).orderBy('seq').execute()).toEqual([
    { seq: 1, audience: 'mal-uji:mall' },
    { seq: 2, audience: 'mal-uji:device:pc' },
  ])
  for (const table of [
    'sequence',
    'enrolment_code',
    'counter_session',
    'number_series',
    'number_lease',
    'personal_text',
  ] as const) {
    const rows = await db.selectFrom(table).select('mall_id').execute()
    expect(new Set(rows.map((row) => row.mall_id)), table).toEqual(new Set(['mal-uji']))
  }
  await expect(db.deleteFrom('event').execute()).rejects.toThrow('never changed')
  await db.destroy()
})

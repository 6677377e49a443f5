import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { StartError } from '#server/start-error.ts'
import { DATABASE_FILE, openStore } from '#server/store/open.ts'
import { takeNumbers } from '#server/store/sequence.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

async function openAndClose(folder: string): Promise<Database.Database> {
  const db = await openStore(folder)
  await db.destroy()
  const database = new Database(join(folder, DATABASE_FILE))
  return database
}

test('a new database is durable, marked as ours and opens again', async () => {
  const folder = tempFolder()
  const database = await openAndClose(folder)
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(database.pragma('application_id', { simple: true })).toBe(0x4c6b5376)
  database.close()

  const again = await openStore(folder)
  expect((await sql`pragma synchronous`.execute(again)).rows).toEqual([{ synchronous: 2 }])
  expect(await again.selectFrom('entry').selectAll().execute()).toEqual([])
  await again.destroy()
})

test('what every request writes to is one tree each, so that a commit is few pages', async () => {
  const database = await openAndClose(tempFolder())
  const tables = database.prepare<[], { name: string }>(`select name from pragma_table_list where wr = 1 order by name`)
  expect(tables.all().map(({ name }) => name)).toEqual(['change', 'claim', 'event', 'sequence'])
  const indexes = `select count(*) from sqlite_master where type = 'index' and tbl_name in ('change', 'claim', 'event', 'sequence') and sql is not null`
  expect(database.prepare(indexes).pluck().get()).toBe(0)
  database.close()
})

test('a database of a newer program is left alone', async () => {
  const folder = tempFolder()
  const database = await openAndClose(folder)
  database.exec("insert into schema_migration (name, timestamp) values ('0999-future', '2030-01-01')")
  database.close()

  await expect(openStore(folder)).rejects.toMatchObject({ code: 'NEWER_SCHEMA' })
})

test('a damaged page is found before anything is written', async () => {
  const folder = tempFolder()
  const database = await openAndClose(folder)
  database.unsafeMode(true)
  database.pragma('writable_schema = ON')
  database.exec("update sqlite_master set rootpage = 9999 where name = 'entry'")
  database.close()

  await expect(openStore(folder)).rejects.toBeInstanceOf(StartError)
  await expect(openStore(folder)).rejects.toMatchObject({ code: 'DATABASE_BROKEN' })
})

test('a transaction locks from its start: another process can never write between its reading and its writing', async () => {
  const folder = tempFolder()
  const db = await openStore(folder)
  const other = new Database(join(folder, DATABASE_FILE), { timeout: 0 })
  await db.transact('mal-uji', async () => {
    expect(() => other.exec('begin immediate')).toThrow('locked')
  })
  other.exec('begin immediate; rollback')
  other.close()
  await db.destroy()
})

test('a transaction that fails takes back its numbers and leaves nothing', async () => {
  const db = await openStore(tempFolder())
  const failing = db.transact('mal-uji', async (trx) => {
    await takeNumbers(trx, 'mal-uji', 'arrival', 5)
    throw new Error('gagal')
  })
  await expect(failing).rejects.toThrow('gagal')

  expect(await db.transact('mal-uji', (trx) => takeNumbers(trx, 'mal-uji', 'arrival'))).toBe(1)
  await db.destroy()
})

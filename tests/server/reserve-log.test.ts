import { statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { startServer } from '#server/start-server.ts'
import { DATABASE_FILE, openStore } from '#server/store/open.ts'
import { reserveLog } from '#server/store/reserve-log.ts'
import { takeNumbers } from '#server/store/sequence.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const MB_16 = 16_384_000

const lengthOf = (folder: string) => statSync(join(folder, `${DATABASE_FILE}-wal`)).size

async function openTestStore() {
  const folder = tempFolder()
  const db = await openStore(folder)
  const pragma = async (name: string) => (await sql`pragma ${sql.raw(name)}`.execute(db)).rows
  return { folder, db, pragma, add: () => db.transact('mal-uji', (trx) => takeNumbers(trx, 'mal-uji', 'arrival')) }
}

test('a server that has started commits into a log that has its whole length', async () => {
  const dataDir = tempFolder()
  const server = await startServer({ config: TEST_CONFIG, dataDir, port: 0, logLevel: 'silent' })
  const length = lengthOf(dataDir)
  expect(length).toBeGreaterThanOrEqual(MB_16)
  for (let n = 0; n < 50; n += 1) await server.db.transact('mal-uji', (trx) => takeNumbers(trx, 'mal-uji', 'arrival'))
  expect(lengthOf(dataDir)).toBe(length)
  await server.close()
})

test('nothing that is stored is changed by it, and a log that is long enough is left alone', async () => {
  const { folder, db, pragma, add } = await openTestStore()
  const before = [await pragma('page_count'), await pragma('cache_size')]

  await reserveLog(db, folder)

  expect([await pragma('page_count'), await pragma('cache_size')]).toEqual(before)
  expect(await pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }])
  expect(await add()).toBe(1)
  const length = lengthOf(folder)
  await reserveLog(db, folder)
  expect(lengthOf(folder)).toBe(length)
  await db.destroy()
})

test('a disk without room for it is said, has its room back, and the server goes on as before', async () => {
  const { folder, db, pragma, add } = await openTestStore()
  const before = await pragma('cache_size')
  const [pages] = (await pragma('page_count')) as { page_count: number }[]
  await pragma(`max_page_count = ${(pages?.page_count ?? 0) + 500}`)

  await expect(reserveLog(db, folder)).rejects.toMatchObject({ code: 'SQLITE_FULL' })

  expect(lengthOf(folder)).toBe(0)

  expect(await pragma('cache_size')).toEqual(before)
  expect(await add()).toBe(1)
  await db.destroy()
})

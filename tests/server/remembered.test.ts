/** Rows that SQLite is not asked for again as long as nobody can have changed them. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { DATABASE_FILE, openStore } from '#server/store/open.ts'
import { prepare } from '#server/store/prepared.ts'
import { remember } from '#server/store/remembered.ts'
import type { Trx } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

async function asked() {
  const folder = tempFolder()
  const db = await openStore(folder)
  onTestFinished(() => db.destroy())
  let times = 0
  const prefixes = prepare<object, { prefix: string }>((q) =>
    q.selectFrom('number_series').select('prefix').orderBy('prefix'),
  )
  const remembered = remember(['number_series'], (on, args: object) => {
    times += 1
    return prefixes(on, args)
  })
  const read = async (on: Parameters<typeof prefixes>[0] = db) => (await remembered(on, {})).map(({ prefix }) => prefix)
  const add = (on: Trx, prefix: string) =>
    on.insertInto('number_series').values({ mall_id: 'm', business_date: '2026-11-16', prefix, next: 1 }).execute()
  return { folder, db, read, add, times: () => times }
}

it('asks once until a table of the query was written to', async () => {
  const { db, read, add, times } = await asked()
  expect([await read(), await read()]).toEqual([[], []])
  expect(times()).toBe(1)
  await db.transact('m', (trx) => takeNumbers(trx, 'm', 'grant'))
  await read()
  expect(times()).toBe(1)
  await db.transact('m', (trx) => add(trx, 'SK'))
  expect(await read()).toEqual(['SK'])
  expect(times()).toBe(2)
})

it('sees what its own transaction wrote, and not what one took back, alone or beside others', async () => {
  const { db, read, add } = await asked()
  const failing = () =>
    db.transact('m', async (trx) => {
      await add(trx, 'SK')
      expect(await read(trx)).toEqual(['SK'])
      throw new Error('taken back')
    })
  await expect(failing()).rejects.toThrow('taken back')
  expect(await read()).toEqual([])
  const results = await Promise.allSettled([failing(), db.transact('m', (trx) => read(trx))])
  expect(results).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: [] }])
})

it('sees what another program wrote', async () => {
  const { folder, read } = await asked()
  expect(await read()).toEqual([])
  const other = new Database(join(folder, DATABASE_FILE))
  other.exec(`insert into number_series (mall_id, business_date, prefix, next) values ('m', '2026-11-16', 'SK', 1)`)
  other.close()
  expect(await read()).toEqual(['SK'])
})

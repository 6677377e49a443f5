/** Rows that SQLite is not asked for again as long as nobody can have changed them. */
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
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
  const counting: typeof prefixes = Object.assign(
    (...[on, args]: Parameters<typeof prefixes>) => {
      times += 1
      return prefixes(on, args)
    },
    { sql: prefixes.sql },
  )
  const remembered = remember(counting)
  const read = async (on: Parameters<typeof prefixes>[0] = db) => (await remembered(on, {})).map(({ prefix }) => prefix)
  const add = (on: Trx, prefix: string) =>
    on.insertInto('number_series').values({ mall_id: 'm', business_date: '2026-11-16', prefix, next: 1 }).execute()
  return { folder, db, read, add, times: () => times }
}

it('asks once until a table of the query was written to', async () => {
  const { db, read, add, times } = await asked()
  await db.transact('m', (trx) => add(trx, 'SK'))
  expect([await read(), await read()]).toEqual([['SK'], ['SK']])
  expect(times()).toBe(1)
  await db.transact('m', (trx) => takeNumbers(trx, 'm', 'grant'))
  const numbers = db.with('numbers', (q) => q.selectFrom('number_series').selectAll()).selectFrom('numbers')
  expect(await numbers.select('prefix').execute()).toEqual([{ prefix: 'SK' }])
  await read()
  expect(times()).toBe(1)
  await db.transact('m', (trx) => add(trx, 'TK'))
  expect(await read()).toEqual(['SK', 'TK'])
  expect(times()).toBe(2)
  await db.withSchema('main').updateTable('number_series').set({ prefix: 'UK' }).where('prefix', '=', 'TK').execute()
  expect(await read()).toEqual(['SK', 'UK'])
})

it('keeps nothing of what is not there: who asks with made-up tokens fills no memory', async () => {
  const { read, times } = await asked()
  expect([await read(), await read()]).toEqual([[], []])
  expect(times()).toBe(2)
})

it('reads the tables that stand in the text of the query, joined and nested ones too', async () => {
  const { db, add } = await asked()
  const remembered = remember(
    prepare<object, { value: number }>((q) =>
      q
        .selectFrom('sequence as counted')
        .innerJoin('number_series as series', 'series.mall_id', 'counted.mall_id')
        .select('counted.value')
        .where(({ exists, selectFrom }) => exists(selectFrom('config_version').select('version'))),
    ),
  )
  const values = async () => (await remembered(db, {})).map(({ value }) => value)
  await db.insertInto('sequence').values({ mall_id: 'm', name: 'grant', value: 1 }).execute()
  await db.transact('m', (trx) => add(trx, 'SK'))
  const version = { mall_id: 'm', version: 1, seal: 's', body: '{}', imported_at: 1 }
  await db.insertInto('config_version').values(version).execute()
  expect(await values()).toEqual([1])
  await db.updateTable('sequence').set({ value: 2 }).execute()
  expect(await values()).toEqual([2])
  await db.deleteFrom('number_series').execute()
  expect(await values()).toEqual([])
  await db.transact('m', (trx) => add(trx, 'SK'))
  expect(await values()).toEqual([2])
  await db.deleteFrom('config_version').execute()
  expect(await values()).toEqual([])
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

it('outside of a transaction sees nothing that it has not committed', async () => {
  const { db, read, add } = await asked()
  await db.transact('m', (trx) => add(trx, 'SK'))
  let beside: Promise<string[]> | undefined
  const failing = db.transact('m', async (trx) => {
    await add(trx, 'TK')
    expect(await read(trx)).toEqual(['SK', 'TK'])
    beside = read()
    throw new Error('taken back')
  })
  await expect(failing).rejects.toThrow('taken back')
  expect(await beside).toEqual(['SK'])
})

it('sees what another program wrote: in the next turn, and in a transaction that begins at once', async () => {
  const { folder, db, read, add } = await asked()
  await db.transact('m', (trx) => add(trx, 'SK'))
  const other = new Database(join(folder, DATABASE_FILE))
  onTestFinished(() => void other.close())
  const write = (prefix: string) =>
    other.exec(
      `insert into number_series (mall_id, business_date, prefix, next) values ('m', '2026-11-16', '${prefix}', 1)`,
    )
  expect(await read()).toEqual(['SK'])
  write('TK')
  expect(await db.transact('m', (trx) => read(trx))).toEqual(['SK', 'TK'])
  expect(await read()).toEqual(['SK', 'TK'])
  write('UK')
  await setImmediate()
  expect(await read()).toEqual(['SK', 'TK', 'UK'])
})

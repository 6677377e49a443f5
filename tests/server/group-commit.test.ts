/** SQLite's door: works that ask at about the same time share one commit, and nobody is told before it. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { DATABASE_FILE, openStore } from '#server/store/open.ts'
import type { Db, Trx } from '#server/store/schema.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const MALL = 'mal-uji'

async function openTestStore(): Promise<{ db: Db; fromOutside: () => string[] }> {
  const folder = tempFolder()
  const db = await openStore(folder)
  const other = new Database(join(folder, DATABASE_FILE), { readonly: true })
  onTestFinished(async () => {
    other.close()
    await db.destroy()
  })
  const prefixes = other.prepare<[], string>('select prefix from number_series order by prefix').pluck()
  return { db, fromOutside: () => prefixes.all() }
}

const addSeries = async (trx: Trx, prefix: string, date = '2026-11-16') => {
  await trx.insertInto('number_series').values({ mall_id: MALL, business_date: date, prefix, next: 1 }).execute()
}

test('works that ask together are committed together', async () => {
  const { db, fromOutside } = await openTestStore()
  const seen: string[][] = []

  await Promise.all(
    ['A', 'B', 'C'].map((prefix) =>
      db.transact(MALL, async (trx) => {
        seen.push(fromOutside())
        await addSeries(trx, prefix)
      }),
    ),
  )

  expect(seen).toEqual([[], [], []])
  expect(fromOutside()).toEqual(['A', 'B', 'C'])
})

test('a work sees what the works before it in the same commit have done', async () => {
  const { db } = await openTestStore()
  const count = (trx: Trx) => trx.selectFrom('number_series').selectAll().execute()

  const counts = await Promise.all(
    ['A', 'B', 'C'].map((prefix) =>
      db.transact(MALL, async (trx) => {
        await addSeries(trx, prefix)
        return (await count(trx)).length
      }),
    ),
  )

  expect(counts).toEqual([1, 2, 3])
})

test('a crowd is served in groups, in its order', async () => {
  const { db, fromOutside } = await openTestStore()
  const order: number[] = []
  const groups = new Set<number>()

  await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      db.transact(MALL, async (trx) => {
        order.push(index)
        groups.add(fromOutside().length)
        await addSeries(trx, String(index).padStart(3, '0'))
      }),
    ),
  )

  expect(order).toEqual(Array.from({ length: 200 }, (_, index) => index))
  expect([...groups]).toEqual([0, 64, 128, 192])
})

test('when one of a group fails the others are done once more, and what they did counts once', async () => {
  const { db, fromOutside } = await openTestStore()
  const runs: string[] = []
  const good = (prefix: string) =>
    db.transact(MALL, async (trx) => {
      runs.push(prefix)
      await addSeries(trx, prefix)
      return prefix
    })
  const bad = () =>
    db.transact(MALL, async (trx) => {
      await addSeries(trx, 'X')
      throw new Error('not this one')
    })

  const results = await Promise.allSettled([good('A'), bad(), good('B')])

  expect(results).toMatchObject([{ value: 'A' }, { reason: { message: 'not this one' } }, { value: 'B' }])
  expect(runs).toEqual(['A', 'A', 'B'])
  expect(fromOutside()).toEqual(['A', 'B'])
})

test('when the commit fails everybody is told and nothing is stored; the next work goes on', async () => {
  const { db, fromOutside } = await openTestStore()
  const good = (prefix: string) => db.transact(MALL, (trx) => addSeries(trx, prefix))
  const bad = db.transact(MALL, async (trx) => {
    await sql`pragma defer_foreign_keys = on`.execute(trx)
    const session = { counter_id: 'c', epoch: 1, device_id: 'tiada', opened_at: 1, closed_at: null, paused: 0 }
    await trx
      .insertInto('counter_session')
      .values({ ...session, mall_id: MALL, reclaimed_at: null })
      .execute()
  })

  const results = await Promise.allSettled([good('A'), bad, good('B')])

  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(results[0]).toMatchObject({ reason: { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' } })
  expect(fromOutside()).toEqual([])
  await good('C')
  expect(fromOutside()).toEqual(['C'])
})

test('a full disk: nobody is told that something is stored which is not', async () => {
  const { db, fromOutside } = await openTestStore()
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
  await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 1)}`.execute(db)
  const prefixes = Array.from({ length: 20 }, (_, index) => String(index).padStart(2, '0'))

  const results = await Promise.allSettled(
    prefixes.map((prefix) => db.transact(MALL, (trx) => addSeries(trx, prefix, 'x'.repeat(2_000)))),
  )

  const stored = prefixes.filter((_, index) => results[index]?.status === 'fulfilled')
  expect(stored.length).toBeLessThan(prefixes.length)
  expect(fromOutside()).toEqual(stored)
  await sql`pragma max_page_count = 1000000`.execute(db)
  await db.transact(MALL, (trx) => addSeries(trx, 'Z'))
  expect(fromOutside()).toContain('Z')
})

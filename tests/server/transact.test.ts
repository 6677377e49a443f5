/** The door to writing, whatever the database is. */
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { beginIncarnationIn } from '#server/incarnation/begin-incarnation.ts'
import type { Trx } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

const MALL = 'mal-uji'

const addSeries = (trx: Trx, prefix: string) =>
  trx.insertInto('number_series').values({ mall_id: MALL, business_date: '2026-11-16', prefix, next: 1 }).execute()

async function seriesOf(mall: TestMall): Promise<string[]> {
  const rows = await mall.db.selectFrom('number_series').select('prefix').orderBy('prefix').execute()
  return rows.map((row) => row.prefix)
}

test('numbers taken by many works at once have no gap and no repeat', async () => {
  const mall = await TestMall.start()
  const counts = Array.from({ length: 150 }, (_, index) => 1 + (index % 3))

  const firsts = await Promise.all(
    counts.map((count) => mall.db.transact(MALL, (trx) => takeNumbers(trx, MALL, 'arrival', count))),
  )

  const taken = firsts.flatMap((first, index) => Array.from({ length: counts[index] ?? 0 }, (_, n) => first + n))
  expect(taken.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1))
})

test('numbers of a work that fails are the next one’s, and after all of them the database knows how far they came', async () => {
  const mall = await TestMall.start()
  const take = ({ count, fails }: { count: number; fails: boolean }) =>
    mall.db.transact(MALL, async (trx) => {
      const first = await takeNumbers(trx, MALL, 'arrival', count)
      if (fails) throw new Error('gagal')
      return Array.from({ length: count }, (_, n) => first + n)
    })
  const works = [1, 5, 2, 3, 1].map((count, index) => ({ count, fails: index % 2 === 1 }))

  const results = await Promise.allSettled(works.map(take))

  const taken = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
  expect(taken.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4])
  const rows = await mall.db.selectFrom('sequence').select('value').where('name', '=', 'arrival').execute()
  expect(rows).toEqual([{ value: 4 }])
  expect(await take({ count: 1, fails: false })).toEqual([5])
})

test('numbers that one work takes at once have no gap and no repeat, either', async () => {
  const mall = await TestMall.start()
  const firsts = await mall.db.transact(MALL, (trx) =>
    Promise.all([1, 2, 3].map((count) => takeNumbers(trx, MALL, 'arrival', count))),
  )
  expect(firsts).toEqual([1, 2, 4])
})

test('the slots that a proven restore leaves out stay left out when somebody is enrolled in the same moment', async () => {
  const mall = await TestMall.start()
  const { enrolment } = await mall.counter('dukcapil-1')
  const takeSlot = () => mall.db.transact(MALL, (trx) => takeNumbers(trx, MALL, 'slot'))

  await Promise.all([
    takeSlot(),
    mall.db.transact(MALL, (trx) => beginIncarnationIn(trx, MORNING, 'restored', 0)),
    takeSlot(),
  ])

  // Two slots and a hundred, in whichever order.
  expect(await takeSlot()).toBe(enrolment.slot + 103)
})

test('slots are left out, too, where the backup knows no device yet', async () => {
  const mall = await TestMall.start()
  await mall.db.transact(MALL, (trx) => beginIncarnationIn(trx, MORNING, 'restored', 0))
  expect((await mall.counter('dukcapil-1')).enrolment.slot).toBe(101)
})

test('a work that fails takes back its own doing, and only its caller is told', async () => {
  const mall = await TestMall.start()
  const works = ['A', 'B', 'C', 'D', 'E'].map((prefix) =>
    mall.db.transact(MALL, async (trx) => {
      await addSeries(trx, prefix)
      if (prefix === 'B') throw new Error('gagal')
      // The database's own refusal is taken back as well.
      if (prefix === 'D') await addSeries(trx, prefix)
      return prefix
    }),
  )

  const results = await Promise.allSettled(works)

  expect(results.map((result) => result.status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect(results[1]).toMatchObject({ reason: { message: 'gagal' } })
  expect(await seriesOf(mall)).toEqual(['A', 'C', 'E'])
})

test('what a work has stored is there for everybody when it resolves, and for nobody before', async () => {
  const mall = await TestMall.start()
  let seen: Promise<string[]> = Promise.resolve([])

  const work = mall.db.transact(MALL, async (trx) => {
    await addSeries(trx, 'A')
    if (mall.database) seen = seriesOf(mall)
    await sql`select 1`.execute(trx)
    await seen
  })
  await work

  expect(await seen).toEqual([])
  expect(await seriesOf(mall)).toEqual(['A'])
})

test('works that read and then write never overtake each other', async () => {
  const mall = await TestMall.start()
  await mall.db.transact(MALL, (trx) => addSeries(trx, 'A'))
  const increment = (trx: Trx) =>
    trx
      .selectFrom('number_series')
      .select('next')
      .executeTakeFirstOrThrow()
      .then(({ next }) =>
        trx
          .updateTable('number_series')
          .set({ next: next + 1 })
          .execute(),
      )

  await Promise.all(Array.from({ length: 80 }, () => mall.db.transact(MALL, increment)))

  expect(await mall.db.selectFrom('number_series').select('next').executeTakeFirst()).toEqual({ next: 81 })
})

/** The programs for the technician on PostgreSQL, beside two servers that run. */
import { expect, test } from 'vitest'
import { serverFacts } from '#tests/server/support/mall-context.ts'
import { run } from '#tests/server/support/run.ts'
import { TestConnection } from '#tests/server/support/test-connection.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

test('after pg_restore one command begins a new incarnation, which every server knows at once', async () => {
  const here = await TestMall.start()
  const database = here.database ?? ''
  const there = await TestMall.start({ database })
  const counter = await there.counter('dukcapil-1')
  const connection = new TestConnection(counter)
  await connection.greet()
  await counter.open()

  expect(await run('server/restore-main.ts', ['--database', database])).toMatchObject({
    code: 0,
    stdout: 'Inkarnasi 2 dimulai. Jalankan servernya.\n',
  })

  expect(await counter.call('/v1/config')).toMatchObject({ body: { code: 'HELLO_NEEDED' } })
  expect(await connection.greet()).toMatchObject({ incarnation: 2, assertNeeded: true })
  expect((await serverFacts(here)).at(-1)).toMatchObject({ data: { incarnation: 2, reason: 'restored' } })
})

test('a server restored by hand tells the streams of every server', async () => {
  const here = await TestMall.start()
  const database = here.database ?? ''
  const there = await TestMall.start({ database })
  const [one, two] = [await here.counter('dukcapil-1'), await there.counter('dukcapil-2')]
  const connection = new TestConnection(one)
  await connection.greet()
  one.record({ type: 'officer.signed_in', data: { officerId: 'made' } })
  await connection.push()
  const stream = await two.changes()
  await stream.untilCaughtUp()
  await here.db.schema.dropTable('finding').execute()
  await here.db.schema.dropTable('event').cascade().execute()
  await recreateFacts(here)

  expect(await connection.greet()).toMatchObject({ incarnation: 2, assertNeeded: true })
  await stream.ended
})

test('what a technician decides reaches a stream at a running server', async () => {
  const mall = await TestMall.start()
  mall.now = Date.now()
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Makassar' }).format(mall.now)
  const database = mall.database ?? ''
  const [desk, counter] = [await mall.frontDesk(), await mall.counter('polres-1')]
  await counter.open()
  await desk.issue('P-001', 'hilang', { date: today })
  await mall.db.updateTable('counter_session').set({ opened_at: 0 }).execute()
  const stream = await counter.changes()
  await stream.untilCaughtUp()

  const reclaimed = await run('server/penyelia-main.ts', ['reclaim', '--device', counter.id, '--database', database])
  expect(reclaimed).toMatchObject({ code: 0, stderr: '' })

  expect((await stream.take(2)).map(({ kind }) => kind).toSorted()).toEqual(['queue', 'session_over'])
  expect(await run('server/verify-main.ts', ['--database', database])).toMatchObject({ code: 0, stderr: '' })
  await stream.close()
})

/** The tables as a backup from before the first fact would bring them. */
async function recreateFacts(mall: TestMall): Promise<void> {
  await mall.db.schema
    .createTable('event')
    .addColumn('device_id', 'text', (c) => c.notNull())
    .addColumn('generation', 'integer', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('mall_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('prev_hash', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('type', 'text')
    .addColumn('received_at', 'bigint', (c) => c.notNull())
    .execute()
}

/** Sessions and dealing, over HTTP. */
import { describe, expect, test } from 'vitest'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall, TODAY } from '#tests/server/support/test-mall.ts'

const labels = async (device: TestDevice) => (await device.grants()).map((grant) => grant.label)

async function issueMany(desk: TestDevice, serviceId: string, prefix: string, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) desk.recordIssue(`${prefix}-${String(n).padStart(3, '0')}`, serviceId)
  await desk.push()
}

describe('the session of a counter', () => {
  test('opening again on the same PC keeps the epoch, also after closing', async () => {
    const mall = await TestMall.start()
    const counter = await mall.counter('dukcapil-1')
    expect(await counter.open()).toBe(1)
    expect(await counter.open()).toBe(1)
    await counter.act({ type: 'counter.closed', data: { counterId: 'dukcapil-1', epoch: 1 } })
    expect(await counter.open()).toBe(1)
  })

  test('another PC begins the next epoch and the earlier session is over', async () => {
    const mall = await TestMall.start()
    const first = await mall.counter('dukcapil-1')
    const second = await mall.counter('dukcapil-1')
    await first.open()

    expect(await second.open()).toBe(2)
    expect((await first.call('/v1/hands/improve', { epoch: 1 })).body).toMatchObject({ code: 'COUNTER_NOT_OPEN' })
    expect(await first.open()).toBe(3)
  })

  test('what the earlier PC had in its hand stays there: the new one neither gets nor sees it', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const first = await mall.counter('dukcapil-1')
    const second = await mall.counter('dukcapil-1')
    await first.open()
    await desk.issue('K-01', 'kk')
    await second.open()
    await desk.issue('K-02', 'kk')

    expect(await labels(first)).toEqual(['K-01'])
    expect(await labels(second)).toEqual(['K-02'])
  })

  test('a late word of the earlier PC does not close or reopen anything', async () => {
    const mall = await TestMall.start()
    const first = await mall.counter('dukcapil-1')
    const second = await mall.counter('dukcapil-1')
    await first.open()
    await second.open()
    await first.act({ type: 'counter.closed', data: { counterId: 'dukcapil-1', epoch: 1 } })
    expect((await second.call('/v1/hands/improve', { epoch: 2 })).status).toBe(200)

    await second.act({ type: 'counter.closed', data: { counterId: 'dukcapil-1', epoch: 2 } })
    await first.act({ type: 'counter.opened', data: { counterId: 'dukcapil-1', epoch: 1 } })
    expect((await second.call('/v1/hands/improve', { epoch: 2 })).status).toBe(409)
  })

  test('a closing that is pushed after the same PC opened again is undone by the opening behind it', async () => {
    const mall = await TestMall.start()
    const counter = await mall.counter('dukcapil-1')
    await counter.open()
    counter.record({ type: 'counter.closed', data: { counterId: 'dukcapil-1', epoch: 1 } })
    await counter.open()
    counter.record({ type: 'counter.opened', data: { counterId: 'dukcapil-1', epoch: 1 } })
    await counter.push()

    expect((await counter.call('/v1/hands/improve', { epoch: 1 })).status).toBe(200)
  })

  test('a PC that never heard the answer to its opening is dealt nothing', async () => {
    const mall = await TestMall.start()
    const [desk, counter] = [await mall.frontDesk(), await mall.counter('polres-1')]
    expect((await counter.call('/v1/counters/open', undefined, 'POST')).status).toBe(200)
    await issueMany(desk, 'hilang', 'P', 2)
    expect(await labels(counter)).toEqual([])
  })

  test('a counter that left the configuration cannot be opened', async () => {
    const mall = await TestMall.start()
    const counter = await mall.counter('dukcapil-1')
    await mall.db.updateTable('device').set({ place_id: 'tiada' }).where('id', '=', counter.id).execute()

    expect(await counter.call('/v1/counters/open', undefined, 'POST')).toMatchObject({
      status: 403,
      body: { code: 'FORBIDDEN' },
    })
  })
})

describe('dealing', () => {
  test('with no counter open nothing is dealt; opening deals what waits', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('polres-1')
    await issueMany(desk, 'hilang', 'P', 2)
    expect(await labels(counter)).toEqual([])

    await counter.open()
    expect(await labels(counter)).toEqual(['P-001', 'P-002'])
  })

  test('entries that only one open counter can serve go to it at once, however many', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('dukcapil-1')
    await counter.open()
    await issueMany(desk, 'ktp', 'D', 8)

    expect(await labels(counter)).toHaveLength(8)
  })

  test('contested entries are dealt from the head, three to a counter, and none twice', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const one = await mall.counter('dukcapil-1')
    const two = await mall.counter('dukcapil-2')
    await one.open()
    await two.open()
    await issueMany(desk, 'ktp', 'D', 9)

    const dealt = [...(await labels(one)), ...(await labels(two))]
    expect(dealt.toSorted()).toEqual(['D-001', 'D-002', 'D-003', 'D-004', 'D-005', 'D-006'])
  })

  test('a call makes room in the hand for the next in line', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const one = await mall.counter('dukcapil-1')
    const two = await mall.counter('dukcapil-2')
    await one.open()
    await two.open()
    await issueMany(desk, 'ktp', 'D', 7)
    const [first] = await one.grants()
    if (!first) throw new Error('nothing was granted')
    one.recordCall(first)
    await one.push()

    expect(await labels(one)).toContain('D-007')
  })

  test('of two classes the policy deals two regular entries to one priority entry', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const one = await mall.counter('dukcapil-1')
    const two = await mall.counter('dukcapil-2')
    await issueMany(desk, 'ktp', 'D', 6)
    desk.recordIssue('D-101', 'ktp', { priority: 'elderly' })
    desk.recordIssue('D-102', 'ktp', { priority: 'disability' })
    await desk.push()
    // Together, so that everything is contested from the start.
    await mall.db
      .insertInto('counter_session')
      .values({
        mall_id: 'mal-uji',
        counter_id: 'dukcapil-2',
        epoch: 1,
        device_id: two.id,
        opened_at: 0,
        closed_at: null,
        paused: 0,
        reclaimed_at: null,
      })
      .execute()
    await one.open()

    expect((await labels(one)).toSorted()).toEqual(['D-001', 'D-003', 'D-101'])
    expect((await labels(two)).toSorted()).toEqual(['D-002', 'D-004', 'D-102'])
  })

  test('what is in the hand counts as called when the next one is chosen', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const one = await mall.counter('dukcapil-1')
    const two = await mall.counter('dukcapil-2')
    await one.open()
    await two.open()
    await desk.issue('D-001', 'ktp', { priority: 'elderly' })
    await desk.issue('D-002', 'ktp', { priority: 'elderly' })
    desk.recordIssue('D-003', 'ktp', { priority: 'elderly' })
    desk.recordIssue('D-004', 'ktp')
    await desk.push()

    expect(await labels(one)).toEqual(['D-001', 'D-004'])
    expect(await labels(two)).toEqual(['D-002', 'D-003'])
  })

  test('what the counter called before counts too', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const one = await mall.counter('dukcapil-1')
    const two = await mall.counter('dukcapil-2')
    await one.open()
    await two.open()
    await desk.issue('D-001', 'ktp', { priority: 'elderly' })
    const [first] = await one.grants()
    if (!first) throw new Error('nothing was granted')
    one.recordCall(first)
    await one.push()
    desk.recordIssue('D-002', 'ktp', { priority: 'elderly' })
    desk.recordIssue('D-003', 'ktp')
    await desk.push()

    expect(await labels(one)).toEqual(['D-001', 'D-003'])
    expect(await labels(two)).toEqual(['D-002'])
  })

  test('entries of another date are not dealt', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('polres-1')
    await counter.open()
    await desk.issue('P-001', 'hilang', { date: '2026-11-15' })
    await desk.issue('P-001', 'hilang', { date: TODAY })

    expect((await counter.grants()).map((grant) => grant.businessDate)).toEqual([TODAY])
  })

  test('the date is the mall’s: 00.30 in WITA is already tomorrow although UTC is not', async () => {
    const mall = await TestMall.start()
    mall.now = Date.parse('2026-11-16T16:30:00Z')
    const desk = await mall.frontDesk()
    const counter = await mall.counter('polres-1')
    await counter.open()
    await desk.issue('P-001', 'hilang', { date: TODAY })
    await desk.issue('P-001', 'hilang', { date: '2026-11-17' })

    expect((await counter.grants()).map((grant) => grant.businessDate)).toEqual(['2026-11-17'])
  })
})

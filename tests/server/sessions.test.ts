/** Pauses, sessions that are over, sessions that a supervisor ended, and what a desk may say of time and numbers. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall, TODAY } from '#tests/server/support/test-mall.ts'

const labels = async (device: TestDevice) => (await device.grants()).map((grant) => grant.label)

async function threeCounters() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
  await one.open()
  await two.open()
  return { mall, desk, one, two }
}

describe('a counter that pauses', () => {
  test('gets no contested entry: the others get them all', async () => {
    const { desk, one, two } = await threeCounters()
    two.recordPaused()
    await two.push()
    for (let n = 1; n <= 5; n += 1) desk.recordIssue(`D-00${n}`, 'ktp')
    await desk.push()

    expect(await labels(one)).toHaveLength(5)
    expect(await labels(two)).toEqual([])
  })

  test('still gets what no other open counter can serve', async () => {
    const { desk, one } = await threeCounters()
    one.recordPaused()
    await one.push()
    await desk.issue('K-01', 'kk')

    expect(await labels(one)).toEqual(['K-01'])
  })

  test('is dealt to again when it goes on, and when it is opened anew', async () => {
    const { desk, one, two } = await threeCounters()
    for (const device of [one, two]) {
      device.recordPaused()
      await device.push()
    }
    await desk.issue('D-001', 'ktp')
    expect([...(await labels(one)), ...(await labels(two))]).toEqual([])
    await two.open()
    expect(await labels(two)).toEqual(['D-001'])
    one.recordSession('resumed')
    await one.push()
    await desk.issue('D-002', 'ktp')
    expect(await labels(one)).toEqual(['D-002'])
  })
})

describe('the session of a replaced PC', () => {
  test('is over: that PC is told, once the other has opened', async () => {
    const mall = await TestMall.start()
    const [first, second] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-1')]
    await first.open()
    await second.call('/v1/counters/open', undefined, 'POST')
    expect(await first.told('session_over')).toEqual([])
    await second.open()

    expect(await first.told('session_over')).toEqual([{ kind: 'session_over', counterId: 'dukcapil-1', epoch: 1 }])
    expect(await second.told('session_over')).toEqual([])
  })
})

describe('a session that a supervisor ended', () => {
  async function reclaimed() {
    const { mall, desk, one } = await threeCounters()
    await desk.issue('K-01', 'kk')
    const [grant] = await one.grants()
    if (!grant) throw new Error('nothing was granted')
    await mall.db
      .updateTable('counter_session')
      .set({ reclaimed_at: mall.now, closed_at: mall.now })
      .where('counter_id', '=', 'dukcapil-1')
      .execute()
    return { mall, one, grant }
  }

  test('is not opened again by what its PC still tells, and the same PC gets the next epoch', async () => {
    const { one } = await reclaimed()
    one.recordSession('opened')
    await one.push()
    expect((await one.call('/v1/hands/improve', { epoch: 1 })).status).toBe(409)
    expect(await one.open()).toBe(2)
  })

  test('flags late acts, and not what lets go of something', async () => {
    const { mall, one, grant } = await reclaimed()
    one.recordCall(grant)
    one.record({ type: 'entry.returned', data: { visitId: grant.visitId, entryNo: 1 } })
    one.recordReleased(grant)
    one.recordSession('closed')

    expect((await one.push()).findings).toEqual([
      { seq: 2, code: 'RECLAIMED' },
      { seq: 3, code: 'RECLAIMED' },
    ])
    expect(await mall.entries()).toMatchObject([{ status: 'waiting', device_id: null }])
  })
})

describe('the time since which a number waits', () => {
  const waiting = async (mall: TestMall) =>
    (await mall.entries()).map(({ issued_at, waiting_since }) => [issued_at - MORNING, waiting_since - MORNING])

  test('is that of its issue when it comes after a cut', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('D-001', 'ktp')
    mall.now += 600_000
    desk.recordIssue('D-002', 'ktp')
    mall.now += 1_200_000
    await desk.push()

    expect(await waiting(mall)).toEqual([
      [0, 0],
      [600_000, 600_000],
    ])
  })

  test('is never before what the same desk told last, nor in the future, whatever its clock says', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('D-001', 'ktp')
    mall.now += 60_000
    desk.offset = -3_600_000
    desk.recordIssue('D-002', 'ktp')
    desk.offset = 3_600_000
    desk.recordIssue('D-003', 'ktp')
    await desk.push()

    expect(await waiting(mall)).toEqual([
      [0, 0],
      [60_000 - 3_600_000, 0],
      [60_000, 60_000],
    ])
  })
})

test('numbers of a day begin a fresh series after each restore of that day', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const lease = async (serviceId: string, businessDate = TODAY) =>
    (await desk.call('/v1/number-leases', { requestId: randomUUID(), serviceId, businessDate })).body
  expect(await lease('kk')).toMatchObject({ from: 1, to: 20 })
  await mall.db.insertInto('incarnation').values({ n: 2, began_at: mall.now }).execute()
  expect(await lease('kk')).toMatchObject({ from: 101, to: 120 })
  await mall.db.insertInto('incarnation').values({ n: 3, began_at: mall.now }).execute()
  expect(await lease('kk')).toMatchObject({ from: 201, to: 220 })
  expect(await lease('kk')).toMatchObject({ from: 221, to: 240 })
  expect(await lease('ktp')).toMatchObject({ from: 2001 })
  expect(await lease('kk', '2026-11-17')).toMatchObject({ from: 1 })
})

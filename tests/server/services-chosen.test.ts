/** A counter takes some of its services only: what it is dealt, what it is asked back, who is left, and what ends the choice. */
import { describe, expect, test } from 'vitest'
import type { MallConfig } from '#contract/mall-config.ts'
import { afterRestore, beforeTheLoss } from '#tests/server/support/lost-memory.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const labels = async (device: TestDevice) => (await device.grants()).map((grant) => grant.label)

/** dukcapil-1 serves ktp and kk, dukcapil-2 ktp. */
async function twoCounters() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
  await one.open()
  await two.open()
  const choose = async (...serviceIds: string[]) => {
    one.recordChoice(...serviceIds)
    await one.push()
  }
  return { mall, desk, one, two, choose }
}

describe('a counter that chose some of its services', () => {
  test('is dealt only those; the others go to whoever takes them', async () => {
    const { desk, one, two, choose } = await twoCounters()
    await choose('kk')
    for (const n of [1, 2, 3, 4]) await desk.issue(`D-00${n}`, 'ktp')
    await desk.issue('K-01', 'kk')

    expect(await labels(one)).toEqual(['K-01'])
    // Nobody shares them with it any more: all are in its hand, beyond the size of a contested one.
    expect(await labels(two)).toEqual(['D-001', 'D-002', 'D-003', 'D-004'])
  })

  test('leaves a service that nobody else takes with the dealer, until somebody takes it again', async () => {
    const { desk, one, choose } = await twoCounters()
    await choose('ktp')
    await desk.issue('K-01', 'kk')
    expect(await labels(one)).toEqual([])
    await choose('ktp', 'kk')
    expect(await labels(one)).toEqual(['K-01'])
  })

  test('gives what it has in hand to others together with the choice', async () => {
    const { desk, one, two } = await twoCounters()
    two.recordSession('closed')
    await two.push()
    await desk.issue('D-001', 'ktp')
    await desk.issue('K-01', 'kk')
    const grant = (await one.grants()).find(({ label }) => label === 'D-001')
    if (!grant) throw new Error('nothing was granted')
    one.recordReleased(grant)
    one.recordChoice('kk')
    await one.push()
    await two.open()

    expect(await labels(two)).toEqual(['D-001'])
    expect(await one.told('recalled')).toEqual([])
  })

  test('is asked back what was dealt to it before the server heard of the choice', async () => {
    const { desk, one, two, choose } = await twoCounters()
    await desk.issue('D-001', 'ktp')
    const [grant] = await one.grants()
    if (!grant) throw new Error('nothing was granted')
    await choose('kk')
    expect(await one.told('recalled')).toMatchObject([{ visitId: grant.visitId, grant: grant.grant }])
    expect(await labels(two)).toEqual([])
    await one.answer(grant, 'released')

    expect(await labels(two)).toEqual(['D-001'])
  })

  test('keeps what was sent to it by name, and what it serves by a slip', async () => {
    const { desk, one, two, choose } = await twoCounters()
    await choose('kk')
    await desk.issue('D-001', 'ktp')
    const [grant] = await two.grants()
    if (!grant) throw new Error('nothing was granted')
    two.recordCall(grant)
    const ref = { visitId: grant.visitId, entryNo: 1 }
    const data = { ...ref, toServiceId: 'ktp', toCounterId: 'dukcapil-1', toEntryNo: 2, served: null }
    two.record({ type: 'entry.transferred', data })
    await two.push()
    expect(await one.grants()).toMatchObject([{ visitId: grant.visitId, entryNo: 2 }])
    await choose('kk')
    expect(await one.told('recalled')).toEqual([])

    await desk.issue('D-002', 'ktp')
    const shown = (await two.grants()).find(({ label }) => label === 'D-002')
    if (!shown) throw new Error('nothing was granted')
    expect(await one.claim(shown)).toMatchObject({ kind: 'holder_silent' })
  })

  test('is not asked for a better entry of a service that it does not take', async () => {
    const { desk, one, two, choose } = await twoCounters()
    await choose('kk')
    await desk.issue('D-001', 'ktp')

    expect(await one.improve()).toEqual([])
    expect(await two.improve()).toMatchObject([{ label: 'D-001' }])
  })

  test('shares a service again at once when it takes it again: others are asked for what they have beyond a hand', async () => {
    const { mall, desk, one, two, choose } = await twoCounters()
    await choose('kk')
    for (const n of [1, 2, 3, 4, 5]) await desk.issue(`D-00${n}`, 'ktp')
    await mall.hear(one, two)
    await choose('kk', 'ktp')

    expect(await two.told('recalled')).toHaveLength(2)
  })
})

describe('the choice ends', () => {
  test('when the counter is opened anew', async () => {
    const { desk, one, choose } = await twoCounters()
    await choose('ktp')
    one.recordSession('closed')
    await one.push()
    await one.open()
    await desk.issue('K-01', 'kk')

    expect(await labels(one)).toEqual(['K-01'])
  })

  test('when the configuration has left nothing of it', async () => {
    const { mall, desk, one, choose } = await twoCounters()
    await choose('kk')
    const [police, first, ...rest] = TEST_CONFIG.counters
    if (!police || !first) throw new Error('the test mall has changed')
    const moved = { ...first, serviceIds: ['ktp'] }
    const [second, ...others] = rest
    if (!second) throw new Error('the test mall has changed')
    const config: MallConfig = {
      ...TEST_CONFIG,
      counters: [police, moved, { ...second, serviceIds: ['ktp', 'kk'] }, ...others],
    }
    const { dataDir, database } = mall
    await mall.close()
    const again = await TestMall.start({ config, ...(database ? { database } : { dataDir }) })
    one.reconnect(again.url, one.chain.length)
    desk.reconnect(again.url, desk.chain.length)
    await desk.issue('D-001', 'ktp')

    expect(await labels(one)).toContain('D-001')
  })

  test('an older session changes nothing', async () => {
    const { mall, desk, one } = await twoCounters()
    const other = await mall.counter('dukcapil-1')
    await other.open()
    one.recordChoice('ktp')
    await one.push()
    await desk.issue('K-01', 'kk')

    expect(await labels(other)).toEqual(['K-01'])
  })

  test('nobody chooses for another counter', async () => {
    const { one } = await twoCounters()
    const data = { counterId: 'dukcapil-2', epoch: 1, serviceIds: ['ktp'] }
    expect(await one.act({ type: 'counter.services_chosen', data })).toBe('NOT_YOURS')
  })
})

test('a restored server that lost the choice learns it from the assertion', async () => {
  const { mall, one, desk, backup } = await beforeTheLoss()
  one.device.recordChoice('ktp')
  await one.connection.push()
  const again = await afterRestore(mall, backup, desk.device, one.device)
  await one.connection.greet()
  const { epoch } = one.device
  await one.connection.assert([], { session: { epoch: epoch ?? 1, open: true, serviceIds: ['ktp'] } })
  await desk.connection.greet()
  await desk.connection.assert([], { session: null })
  const sessions = await again.db.selectFrom('counter_session').select(['counter_id', 'chosen_services']).execute()

  expect(sessions).toContainEqual({ counter_id: 'dukcapil-1', chosen_services: '["ktp"]' })
})

test('a desk hears which other counters take its services now', async () => {
  const { mall, one, two, choose } = await twoCounters()
  const ask = async (device: TestDevice) => (await device.call('/v1/takers')).body
  expect(await ask(one)).toEqual({
    services: [
      { serviceId: 'ktp', counterIds: ['dukcapil-2'] },
      { serviceId: 'kk', counterIds: [] },
    ],
  })
  await choose('kk')
  expect(await ask(two)).toEqual({ services: [{ serviceId: 'ktp', counterIds: [] }] })
  const three = await mall.counter('dukcapil-3')
  await three.open()
  three.recordPaused()
  await three.push()
  // It pauses and is the only one left: what waits goes to it all the same.
  expect(await ask(two)).toEqual({ services: [{ serviceId: 'ktp', counterIds: ['dukcapil-3'] }] })
})

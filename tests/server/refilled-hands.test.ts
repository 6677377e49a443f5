/** A hand that has room again gets what is first in line; what nobody else has room for stays where it is. */
import { expect, test } from 'vitest'
import type { MallConfig } from '#contract/mall-config.ts'
import { importConfig } from '#server/config/import-config.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWaiting } from '#server/queue/deal-waiting.ts'
import { contextOfMall } from '#tests/server/support/mall-context.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const labels = async (device: TestDevice) => (await device.grants()).map((grant) => grant.label)

/** Two counters for ktp with full hands, D-001 to D-006, and D-007 to D-010 waiting behind them. */
async function fullHands() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
  await one.open()
  await two.open()
  for (let n = 1; n <= 10; n += 1) {
    mall.now += 1_000
    desk.recordIssue(`D-${String(n).padStart(3, '0')}`, 'ktp')
  }
  await desk.push()
  return { mall, desk, one, two }
}

async function callFirst(device: TestDevice, count = 1): Promise<void> {
  for (const grant of (await device.grants()).slice(0, count)) device.recordCall(grant)
  await device.push()
}

test('a call lets the first in line into that hand, and nobody into the other', async () => {
  const { one, two } = await fullHands()
  const [before, others] = [await labels(one), await labels(two)]
  await callFirst(one)

  expect(await labels(one)).toEqual([...before, 'D-007'])
  expect(await labels(two)).toEqual(others)
})

test('three calls in one push let three in, a priority visitor among them first', async () => {
  const { desk, one } = await fullHands()
  await desk.issue('D-011', 'ktp', { priority: 'elderly' })
  await callFirst(one, 3)

  expect((await labels(one)).slice(3).toSorted()).toEqual(['D-007', 'D-008', 'D-011'])
})

test('a counter that pauses gets nobody in for those it still calls', async () => {
  const { one } = await fullHands()
  one.recordPaused()
  await callFirst(one)

  expect(await labels(one)).toHaveLength(3)
})

test('dealing all of it again after such a call deals nothing more', async () => {
  const { mall, one, two } = await fullHands()
  await callFirst(one, 2)
  const hands = [await labels(one), await labels(two)]
  const context = await contextOfMall(mall)
  await changeMall(context, (trx, touched) => dealWaiting(trx, context, touched))

  expect([await labels(one), await labels(two)]).toEqual(hands)
})

test('who is sent on where nobody is open leaves room all the same, and waits for whoever opens there', async () => {
  const { mall, one } = await fullHands()
  const [grant] = await one.grants()
  if (!grant) throw new Error('an empty hand')
  one.recordCall(grant)
  one.recordForward(grant, 'hilang')
  await one.push()

  expect(await labels(one)).toContain('D-007')
  const police = await mall.counter('polres-1')
  await police.open()
  expect(await labels(police)).toEqual([grant.label])
})

test('a service that moves to a counter that is not open yet leaves room for what else waits', async () => {
  const both = (config: MallConfig, serviceIds: string[]): MallConfig => ({
    ...config,
    counters: config.counters.map((counter) =>
      ['dukcapil-1', 'dukcapil-2'].includes(counter.id) ? { ...counter, serviceIds } : counter,
    ),
  })
  const config = both(TEST_CONFIG, ['ktp', 'kk'])
  const mall = await TestMall.start({ config })
  const desk = await mall.frontDesk()
  const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
  await one.open()
  await two.open()
  for (let n = 1; n <= 6; n += 1) desk.recordIssue(`D-00${n}`, 'ktp')
  for (let n = 1; n <= 3; n += 1) desk.recordIssue(`K-0${n}`, 'kk')
  await desk.push()
  expect(await labels(one)).toHaveLength(3)

  await importConfig(mall.db, both(config, ['kk']), mall.now)
  for (const grant of await one.grants()) one.recordReleased(grant)
  const data = { counterId: 'dukcapil-1', epoch: one.epoch ?? 1, configVersion: 2 }
  one.record({ type: 'counter.profile_changed', data })
  await one.push()

  const waiting = (await mall.entries()).filter(({ service_id }) => service_id === 'kk')
  expect(waiting.map(({ device_id }) => device_id)).toEqual([one.id, two.id, one.id])
})

test('what only this counter can serve any more comes to it whole, with its next call', async () => {
  const { mall, one, two } = await fullHands()
  await mall.db.updateTable('device').set({ doubt_at: mall.now }).where('id', '=', two.id).execute()
  await callFirst(one)

  expect((await labels(one)).slice(3)).toEqual(['D-007', 'D-008', 'D-009', 'D-010'])
})

test('a transfer to a counter that the mall has no more is nobody else’s, so it comes in its turn', async () => {
  const { mall, one } = await fullHands()
  await mall.db.updateTable('entry').set({ for_counter_id: 'dukcapil-9' }).where('label', '=', 'D-007').execute()
  await callFirst(one)

  expect((await labels(one)).slice(3)).toEqual(['D-007'])
})

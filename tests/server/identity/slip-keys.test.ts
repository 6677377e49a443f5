import { expect, test } from 'vitest'
import { SlipKeysReply } from '#contract/wire/numbers.ts'
import { openSlipKey } from '#main/host/slip-keys.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const DAY_MS = 24 * 3_600_000

async function keysOf(device: TestDevice) {
  const { keys } = SlipKeysReply.parse((await device.call('/v1/slip-keys')).body)
  return keys.map(({ keyId, businessDate, sealed }) => ({
    keyId,
    businessDate,
    key: openSlipKey(sealed, device.enrolment.token, keyId).toString('hex'),
  }))
}

test('every device gets the same keys, from yesterday to seven days ahead', async () => {
  const mall = await TestMall.start()
  const keys = await keysOf(await mall.counter('dukcapil-1'))

  expect(keys.map(({ businessDate }) => businessDate)).toEqual([
    '2026-11-15',
    '2026-11-16',
    '2026-11-17',
    '2026-11-18',
    '2026-11-19',
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
    '2026-11-23',
  ])
  expect(new Set(keys.map(({ key }) => key)).size).toBe(9)
  expect(await keysOf(await mall.frontDesk())).toEqual(keys)
})

test('tomorrow there is one more, and what is older than yesterday is not sent', async () => {
  const mall = await TestMall.start()
  const device = await mall.counter('dukcapil-1')
  const before = await keysOf(device)
  mall.now += DAY_MS

  const after = await keysOf(device)

  expect(after.slice(0, 8)).toEqual(before.slice(1))
  expect(after.at(-1)?.businessDate).toBe('2026-11-24')
})

test('the key of another device opens nothing', async () => {
  const mall = await TestMall.start()
  const one = await mall.counter('dukcapil-1')
  const two = await mall.counter('dukcapil-2')
  const [first] = SlipKeysReply.parse((await one.call('/v1/slip-keys')).body).keys
  expect(() => openSlipKey(first?.sealed ?? '', two.enrolment.token, first?.keyId ?? '')).toThrow()
})

test('many devices that ask at once make each key once', async () => {
  const mall = await TestMall.start()
  const devices = await Promise.all(['dukcapil-1', 'dukcapil-2', 'dukcapil-3'].map((id) => mall.counter(id)))
  const [first, ...others] = await Promise.all(devices.map(keysOf))
  for (const other of others) expect(other).toEqual(first)
})

/** Whom a device may know: an officer with a list of services sits only at counters that serve one of them. */
import { expect, test } from 'vitest'
import { configForDevice } from '#server/config/config-for-device.ts'
import { mallOf } from '#server/config/mall.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'

test('an officer is known at the counters that serve something on their list, and nowhere else', () => {
  const officers = TEST_CONFIG.officers.map(({ pin: _pin, ...officer }) => ({ ...officer, pinHash: 'scrypt$2$a$b' }))
  const only = officers.map((officer) => (officer.id === 'made' ? { ...officer, serviceIds: ['kk'] } : officer))
  const mall = mallOf({ ...TEST_CONFIG, officers: only, version: 1 })
  const knows = (counterId: string) =>
    configForDevice(mall, { kind: 'counter', counterId }).officers.some(({ id }) => id === 'made')

  expect(['dukcapil-1', 'dukcapil-2', 'polres-1'].map(knows)).toEqual([true, false, false])
})

import { expect, test } from 'vitest'
import { OutlookReply } from '#contract/wire/front-desk.ts'
import { TestMall, TODAY } from '#tests/server/support/test-mall.ts'

test('tells front desks which counters work, who is busy, and how long services took today', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const police = await mall.counter('polres-1')
  const dukcapil = await mall.counter('dukcapil-1')
  await police.open()
  await dukcapil.open()
  dukcapil.recordPaused()
  await dukcapil.push()
  for (const [index, ms] of [60_000, 600_000, 300_000, 900_000].entries()) {
    await desk.issue(`P-00${index + 1}`, 'hilang')
    const grant = (await police.grants()).at(-1)
    if (!grant) throw new Error('nothing was granted')
    police.recordCall(grant)
    police.recordServing(grant)
    if (index < 3) police.recordDone(grant, ms)
    await police.push()
  }

  expect(OutlookReply.parse((await desk.call('/v1/outlook')).body)).toEqual({
    businessDate: TODAY,
    counters: [
      { counterId: 'dukcapil-1', serviceIds: ['ktp', 'kk'], paused: true, busy: false },
      { counterId: 'polres-1', serviceIds: ['hilang'], paused: false, busy: true },
    ],
    services: [
      { serviceId: 'hilang', recentMs: 300_000, quotaLeft: null },
      { serviceId: 'ktp', recentMs: null, quotaLeft: null },
      { serviceId: 'kk', recentMs: null, quotaLeft: null },
    ],
  })
})

test('goes by the last fifteen, whatever was before', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const police = await mall.counter('polres-1')
  await police.open()
  for (let n = 1; n <= 20; n += 1) {
    await desk.issue(`P-0${String(n).padStart(2, '0')}`, 'hilang')
    const grant = (await police.grants()).at(-1)
    if (!grant) throw new Error('nothing was granted')
    police.recordCall(grant)
    police.recordServing(grant)
    police.recordDone(grant, n <= 10 ? 60_000 : 1_200_000)
    await police.push()
    mall.now += 60_000
  }
  const { services } = OutlookReply.parse((await desk.call('/v1/outlook')).body)
  expect(services[0]).toMatchObject({ serviceId: 'hilang', recentMs: 1_200_000 })
})

test('is for front desks only', async () => {
  const mall = await TestMall.start()
  const counter = await mall.counter('polres-1')
  expect(await counter.call('/v1/outlook')).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
})

/** The daily quota of a service: never exceeded while all are connected, flagged where too many numbers come in. */
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MallConfig } from '#contract/mall-config.ts'
import { OutlookReply } from '#contract/wire/front-desk.ts'
import { LeaseReply } from '#contract/wire/numbers.ts'
import { importConfig } from '#server/config/import-config.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall, TODAY } from '#tests/server/support/test-mall.ts'

function withQuota(dailyQuota: number): MallConfig {
  const services = TEST_CONFIG.services.map((service) =>
    service.id === 'hilang' ? { ...service, dailyQuota } : service,
  )
  return { ...TEST_CONFIG, services }
}

async function lease(desk: TestDevice, date = TODAY): Promise<number[] | string> {
  const ask = { requestId: randomUUID(), serviceId: 'hilang', businessDate: date }
  const { body } = await desk.call('/v1/number-leases', ask)
  if (typeof body.code === 'string') return body.code
  const { from, to } = LeaseReply.parse(body)
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

async function quotaLeft(desk: TestDevice): Promise<number | null | undefined> {
  const { body } = await desk.call('/v1/outlook')
  return OutlookReply.parse(body).services.find(({ serviceId }) => serviceId === 'hilang')?.quotaLeft
}

function visitOf(label: string) {
  return { visitId: randomUUID(), label, businessDate: TODAY, serviceId: 'hilang', priority: null, journeyId: null }
}

function give(desk: TestDevice, label: string): Promise<string | null> {
  return desk.act({ type: 'visit.issued', data: visitOf(label) })
}

const label = (n: number) => `P-${String(n).padStart(3, '0')}`

test('two front desks that ask in turn get exactly the quota between them, the last numbers one by one', async () => {
  const mall = await TestMall.start({ config: withQuota(30) })
  const desks = [await mall.frontDesk('penerima-1'), await mall.frontDesk('penerima-2')] as const
  const blocks: number[][] = []
  for (let n = 0; ; n += 1) {
    const block = await lease(desks[n % 2] ?? desks[0])
    if (typeof block === 'string') {
      expect(block).toBe('QUOTA_REACHED')
      break
    }
    blocks.push(block)
  }
  expect(blocks.flat()).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
  expect(blocks[0]).toHaveLength(3)
  expect(blocks.slice(-8).every((block) => block.length === 1)).toBe(true)
  expect(await lease(desks[0], '2026-11-17')).toHaveLength(3)
})

test('at the last number two desks that ask in the same moment get one number between them', async () => {
  const mall = await TestMall.start({ config: withQuota(1) })
  const desks = [await mall.frontDesk('penerima-1'), await mall.frontDesk('penerima-2')]
  const answers = await Promise.all(desks.map((desk) => lease(desk)))

  expect(answers.toSorted()).toEqual([[1], 'QUOTA_REACHED'])
})

test('a service without a quota is leased in blocks as ever', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  expect(await lease(desk)).toHaveLength(20)
  expect(await quotaLeft(desk)).toBeNull()
})

test('what is left counts visitors; a number that is taken back may be given once more', async () => {
  const mall = await TestMall.start({ config: withQuota(2) })
  const desk = await mall.frontDesk()
  await lease(desk)
  await lease(desk)
  expect(await quotaLeft(desk)).toBe(2)
  const first = await desk.issue(label(1), 'hilang')
  await desk.issue(label(2), 'hilang')
  expect(await quotaLeft(desk)).toBe(0)
  expect(await lease(desk)).toBe('QUOTA_REACHED')

  await desk.act({ type: 'visit.cancelled', data: { visitId: first, reason: 'wrong_service' } })
  expect(await quotaLeft(desk)).toBe(1)
  expect(await lease(desk)).toEqual([3])
})

test('numbers of an own series count, and those beyond the quota are stored and flagged', async () => {
  const mall = await TestMall.start({ config: withQuota(2) })
  const desk = await mall.frontDesk()
  await desk.issue('L02-01', 'hilang')
  expect(await lease(desk)).toEqual([1])
  expect(await lease(desk)).toBe('QUOTA_REACHED')
  await desk.issue(label(1), 'hilang')
  expect(await give(desk, 'L02-02')).toBe('OVER_QUOTA')

  expect((await mall.entries()).map((entry) => entry.label)).toEqual(['L02-01', 'P-001', 'L02-02'])
  expect(await quotaLeft(desk)).toBe(0)
})

test('one that was cut off and comes late is flagged, whatever its series; who tells of its numbers in time never is', async () => {
  const mall = await TestMall.start({ config: withQuota(3) })
  const [connected, cutOff] = [await mall.frontDesk('penerima-1'), await mall.frontDesk('penerima-2')]
  expect([await lease(connected), await lease(cutOff)]).toEqual([[1], [2]])
  expect(await give(connected, label(1))).toBeNull()
  expect(await lease(connected)).toEqual([3])
  // What the other one keeps is no visitor yet: nobody is flagged for it.
  expect([await give(connected, label(3)), await give(connected, 'L02-01')]).toEqual([null, null])
  expect([await give(cutOff, label(2)), await give(cutOff, 'L03-01')]).toEqual(['OVER_QUOTA', 'OVER_QUOTA'])
})

test('a quota that is lowered or introduced while desks hold blocks is exceeded in sight', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  expect(await lease(desk)).toHaveLength(20)
  expect(await give(desk, label(1))).toBeNull()
  await importConfig(mall.db, withQuota(2), mall.now)
  expect([await give(desk, label(2)), await give(desk, label(3))]).toEqual([null, 'OVER_QUOTA'])
  await importConfig(mall.db, withQuota(4), mall.now)
  expect([await give(desk, label(4)), await give(desk, label(5))]).toEqual([null, 'OVER_QUOTA'])
})

test('a restored server that has forgotten leases sees when their numbers are too many', async () => {
  const mall = await TestMall.start({ config: withQuota(2) })
  const desks = [await mall.frontDesk('penerima-1'), await mall.frontDesk('penerima-2')] as const
  expect([await lease(desks[0]), await lease(desks[0])]).toEqual([[1], [2]])
  await mall.db.deleteFrom('number_lease').execute()
  expect(await lease(desks[1])).toEqual([3])
  expect([await give(desks[0], label(1)), await give(desks[1], label(3))]).toEqual([null, null])
  expect(await give(desks[0], label(2))).toBe('OVER_QUOTA')
})

test('what a counter told of before its front desk did is judged when the front desk tells', async () => {
  const mall = await TestMall.start({ config: withQuota(2) })
  const [desk, counter] = [await mall.frontDesk(), await mall.counter('polres-1')]
  await counter.open()
  const visits = ['L02-01', 'L02-02', 'L02-03'].map((own) => visitOf(own))
  for (const visit of visits) {
    const known = { ...visit, entryNo: 1, issuedAt: mall.now, waitingSince: mall.now }
    counter.recordPresented({ ...known, grant: { incarnation: 0, n: 0 }, order: 0 })
    counter.record({ type: 'entry.serving', data: { visitId: visit.visitId, entryNo: 1 } })
  }
  expect((await counter.push()).findings).toEqual([])
  const told = []
  for (const data of visits) told.push(await desk.act({ type: 'visit.issued', data }))
  expect(told).toEqual([null, null, 'OVER_QUOTA'])
})

test('who has booked and whom a counter gave a number take nothing from the quota, and nobody is flagged for them', async () => {
  const mall = await TestMall.start({ config: withQuota(2) })
  const desk = await mall.frontDesk()
  const counter = await mall.counter('polres-1')
  await counter.open()
  expect(await lease(desk)).toEqual([1])
  const booked = { ...visitOf(label(1)), appointmentAt: mall.now, appointmentCode: 'MPP-1' }
  expect(await desk.act({ type: 'visit.issued', data: booked })).toBeNull()
  for (const n of [1, 2, 3]) {
    expect(await counter.act({ type: 'visit.issued_here', data: visitOf(`L09-0${n}`) })).toBeNull()
  }
  expect(await quotaLeft(desk)).toBe(2)
  expect([await lease(desk), await lease(desk), await lease(desk)]).toEqual([[2], [3], 'QUOTA_REACHED'])
  for (const n of [2, 3]) {
    expect(await give(desk, label(n))).toBeNull()
  }
  expect(await give(desk, 'L02-01')).toBe('OVER_QUOTA')
})

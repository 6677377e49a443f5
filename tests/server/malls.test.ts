/** Several malls in one database: same counters, same numbers, and nothing of one is seen by the other. */
import { expect, test } from 'vitest'
import { importMall } from '#server/config/import-config.ts'
import { dayLog } from '#server/export/day-log.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const SECOND = { ...TEST_CONFIG, mall: { ...TEST_CONFIG.mall, id: 'mal-dua', name: 'Mal Dua' } }

async function twoMalls() {
  const mall = await TestMall.start()
  await importMall(mall.db, SECOND, mall.now)
  const inMall = async (mallId: string) => ({
    desk: await mall.enrol({ kind: 'front_desk', frontDeskId: 'penerima-1' }, mallId),
    one: await mall.enrol({ kind: 'counter', counterId: 'dukcapil-1' }, mallId),
    two: await mall.enrol({ kind: 'counter', counterId: 'dukcapil-2' }, mallId),
  })
  return { mall, a: await inMall('mal-uji'), b: await inMall('mal-dua') }
}

test('each deals its own queue to its own counters, under the same numbers', async () => {
  const { mall, a, b } = await twoMalls()
  await a.one.open()
  const ofA = await a.desk.issue('K-01', 'kk')
  const ofB = await b.desk.issue('K-01', 'kk')
  expect((await a.one.grants()).map(({ visitId }) => visitId)).toEqual([ofA])
  expect(await b.one.grants()).toEqual([])

  await b.one.open()
  expect((await b.one.grants()).map(({ visitId, order, grant }) => [visitId, order, grant.n])).toEqual([[ofB, 1, 1]])
  expect(b.one.epoch).toBe(1)
  expect(b.desk.enrolment.slot).toBe(1)
  expect((await mall.entries()).map(({ mall_id, ord }) => [mall_id, ord])).toEqual([
    ['mal-dua', 1],
    ['mal-uji', 1],
  ])
})

test('streams, configuration and day log show one mall only', async () => {
  const { mall, a, b } = await twoMalls()
  await a.desk.issue('D-001', 'ktp')
  await b.desk.issue('D-002', 'ktp')

  expect((await a.two.told('queue')).map(({ row }) => row.label)).toEqual(['D-001'])
  expect((await b.two.told('queue')).map(({ row }) => row.label)).toEqual(['D-002'])
  expect((await b.one.call('/v1/config')).body).toMatchObject({ config: { mall: { id: 'mal-dua' }, version: 1 } })
  const { officers: _officers, ...rest } = SECOND
  const log = await dayLog(mall.db, { ...rest, version: 1, officers: [] }, '2026-11-16')
  expect(log).toContain('D-002')
  expect(log).not.toContain('D-001')
})

test('a visit of the other mall can be neither acted on nor claimed nor read', async () => {
  const { mall, a, b } = await twoMalls()
  await a.one.open()
  await a.desk.issue('K-01', 'kk')
  const [grant] = await a.one.grants()
  if (!grant) throw new Error('nothing was granted')
  const before = await mall.entries()
  b.one.recordPresented(grant)
  b.one.recordServing(grant)
  b.one.recordReleased(grant)
  const { visitId, label, businessDate } = grant
  b.desk.record({
    type: 'visit.issued',
    data: { visitId, label: 'K-02', businessDate, serviceId: 'kk', priority: null, journeyId: null },
  })

  expect((await b.one.push()).findings.map(({ code }) => code)).toEqual(['NOT_YOURS', 'NOT_YOURS', 'NOT_YOURS'])
  expect((await b.desk.push()).findings.map(({ code }) => code)).toEqual(['NOT_YOURS'])
  expect(await b.one.claim(grant)).toMatchObject({ code: 'BAD_REQUEST' })
  expect((await b.one.answer(grant, 'released')).status).toBe(200)
  expect((await b.one.call(`/v1/visits/${visitId}/prerequisites`)).status).toBe(403)
  expect(await mall.entries()).toEqual(before)
  expect(label).toBe('K-01')
})

test('numbers are leased for each mall from one', async () => {
  const { a, b } = await twoMalls()
  const ask = (requestId: string) => ({ requestId, serviceId: 'ktp', businessDate: '2026-11-16' })
  const first = '0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a'
  expect((await a.desk.call('/v1/number-leases', ask(first))).body).toMatchObject({ from: 1, to: 20 })
  expect((await b.desk.call('/v1/number-leases', ask(first))).body).toMatchObject({ code: 'BAD_REQUEST' })
  const second = '0b0b0b0b-0b0b-4b0b-8b0b-0b0b0b0b0b0b'
  expect((await b.desk.call('/v1/number-leases', ask(second))).body).toMatchObject({ from: 1, to: 20 })
})

test('a newer configuration counts from the next request on, and open streams come again for it', async () => {
  const { mall, a, b } = await twoMalls()
  const reader = await b.one.changes()
  await reader.untilCaughtUp()
  const services = SECOND.services.filter(({ id }) => id !== 'hilang')
  const counters = SECOND.counters.filter(({ id }) => id !== 'polres-1')
  await importMall(mall.db, { ...SECOND, services, counters, journeys: [] }, mall.now)
  await b.desk.issue('K-01', 'kk')

  await reader.ended
  expect((await b.one.call('/v1/config')).body).toMatchObject({ config: { version: 2 } })
  expect((await a.one.call('/v1/config')).body).toMatchObject({ config: { version: 1 } })
  b.desk.recordIssue('P-001', 'hilang')
  expect((await b.desk.push()).findings).toMatchObject([{ code: 'UNKNOWN_SERVICE' }])
})

test('a tool has to say which mall it means', async () => {
  const { mall } = await twoMalls()
  await expect(mall.enrol({ kind: 'counter', counterId: 'dukcapil-1' }, 'mal-tiga')).rejects.toMatchObject({
    code: 'MALL_UNKNOWN',
    message: expect.stringContaining('mal-dua, mal-uji'),
  })
})

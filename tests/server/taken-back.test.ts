/** Numbers that a front desk takes back: they count where nobody called them, whoever has them in hand and whatever comes first. */
import { expect, test } from 'vitest'
import { latestConfig } from '#server/config/import-config.ts'
import { dayLog } from '#server/export/day-log.ts'
import { verifyMall } from '#server/verify/verify-mall.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { HOLDERS_ANSWER, TestMall, TODAY } from '#tests/server/support/test-mall.ts'

const cancel = (desk: TestDevice, visitId: string) =>
  desk.act({ type: 'visit.cancelled', data: { visitId, reason: 'slip_failed' } })

const statuses = async (mall: TestMall) => (await mall.entries()).map(({ label, status }) => `${label} ${status}`)

async function isWhole(mall: TestMall): Promise<void> {
  expect((await verifyMall(mall.db, 'mal-uji', null)).faults).toEqual([])
}

/** D-001 waits in the hand of `counter`. */
async function inHand() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const counter = await mall.counter('polres-1')
  await counter.open()
  const visitId = await desk.issue('P-001', 'hilang')
  const [grant] = await counter.grants()
  if (!grant) throw new Error('nothing was granted')
  return { mall, desk, counter, visitId, grant }
}

test('a number that nobody holds is over at once, and is dealt to nobody who opens later', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const visitId = await desk.issue('P-001', 'hilang')
  await desk.issue('P-002', 'hilang')
  expect(await cancel(desk, visitId)).toBeNull()

  expect(await statuses(mall)).toEqual(['P-001 cancelled', 'P-002 waiting'])
  const counter = await mall.counter('polres-1')
  await counter.open()
  expect((await counter.grants()).map(({ label }) => label)).toEqual(['P-002'])
  await isWhole(mall)
})

test('a number in a hand is asked back, waits there until then, and is over when its holder lets go', async () => {
  const { mall, desk, counter, visitId, grant } = await inHand()
  expect(await cancel(desk, visitId)).toBeNull()

  expect(await statuses(mall)).toEqual(['P-001 waiting'])
  expect(await counter.told('recalled')).toEqual([{ kind: 'recalled', visitId, entryNo: 1, grant: grant.grant }])
  await counter.answer(grant, 'released')
  expect(await statuses(mall)).toEqual(['P-001 cancelled'])
  expect((await desk.told('queue')).at(-1)?.row).toMatchObject({ label: 'P-001', status: 'cancelled', counterId: null })
  counter.recordReleased(grant)
  expect((await counter.push()).findings).toEqual([])
  await isWhole(mall)
})

test('a holder that never answers and gives it back by its own act ends it as well', async () => {
  const { mall, desk, counter, visitId, grant } = await inHand()
  await cancel(desk, visitId)
  counter.recordReleased(grant)
  await counter.push()

  expect(await statuses(mall)).toEqual(['P-001 cancelled'])
  await isWhole(mall)
})

test('a call counts before it, in whatever order both arrive; who took it back is told', async () => {
  const first = await inHand()
  first.counter.recordCall(first.grant)
  await first.counter.push()
  expect(await cancel(first.desk, first.visitId)).toBe('ALREADY_CALLED')
  expect(await statuses(first.mall)).toEqual(['P-001 called'])

  const later = await inHand()
  await cancel(later.desk, later.visitId)
  later.counter.recordCall(later.grant)
  expect((await later.counter.push()).findings).toEqual([])
  expect(await statuses(later.mall)).toEqual(['P-001 called'])
  await isWhole(later.mall)
})

test('a number that was called stays refused: given back, it waits for the next counter and does not vanish', async () => {
  const { mall, desk, counter, visitId, grant } = await inHand()
  counter.recordCall(grant)
  await counter.push()
  expect(await cancel(desk, visitId)).toBe('ALREADY_CALLED')
  counter.record({ type: 'entry.returned', data: { visitId, entryNo: 1 } })
  counter.recordReleased(grant)
  await counter.push()

  expect(await statuses(mall)).toEqual(['P-001 waiting'])
  expect((await counter.grants()).map(({ label }) => label)).toEqual(['P-001', 'P-001'])
  await isWhole(mall)
})

test('a number that was called and waits in the hand again is refused as well', async () => {
  const { mall, desk, counter, visitId, grant } = await inHand()
  counter.recordCall(grant)
  counter.record({ type: 'entry.returned', data: { visitId, entryNo: 1 } })
  await counter.push()

  expect(await cancel(desk, visitId)).toBe('ALREADY_CALLED')
  expect(await counter.told('recalled')).toEqual([])
  await isWhole(mall)
})

test('a call that is undone was one: refused, the number goes on waiting in the hand and after it', async () => {
  const { mall, desk, counter, visitId, grant } = await inHand()
  counter.recordCall(grant)
  counter.record({ type: 'entry.call_undone', data: { visitId, entryNo: 1 } })
  await counter.push()
  expect(await cancel(desk, visitId)).toBe('ALREADY_CALLED')
  await counter.answer(grant, 'released')

  expect(await statuses(mall)).toEqual(['P-001 waiting'])
})

test('whoever asks for better than the hand is not given a number that was taken back', async () => {
  const mall = await TestMall.start({ recallMs: HOLDERS_ANSWER })
  const desk = await mall.frontDesk()
  const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
  await one.open()
  await two.open()
  const visitId = await desk.issue('D-001', 'ktp')
  const [grant] = await one.grants()
  if (!grant) throw new Error('nothing was granted')
  await mall.hear(one, two)
  await cancel(desk, visitId)
  const improved = two.improve()
  await one.answer(grant, 'released')

  expect(await improved).toEqual([])
  expect(await statuses(mall)).toEqual(['D-001 cancelled'])
})

test('a slip of it is refused online, and counts where it was served during a cut', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const counter = await mall.counter('polres-1')
  const visitId = await desk.issue('P-001', 'hilang')
  await cancel(desk, visitId)
  const slip = { visitId, entryNo: 1, label: 'P-001', serviceId: 'hilang' }
  expect(await counter.claim(slip)).toEqual({ kind: 'finished' })

  const times = { businessDate: TODAY, issuedAt: mall.now, waitingSince: mall.now, order: 1 }
  const grant = { incarnation: 0, n: 1 }
  counter.recordPresented({ ...slip, ...times, grant, priority: null, journeyId: null })
  await counter.push()
  expect(await statuses(mall)).toEqual(['P-001 called'])
  await isWhole(mall)
})

test('only the desk that gave a number takes it back, and once', async () => {
  const { mall, desk, counter, visitId } = await inHand()
  const other = await mall.frontDesk('penerima-2')
  expect(await cancel(other, visitId)).toBe('NOT_YOURS')
  expect(await cancel(counter, visitId)).toBe('NOT_YOURS')
  expect(await cancel(desk, '00000000-0000-4000-8000-000000000000')).toBe('UNKNOWN_VISIT')
  expect(await cancel(desk, visitId)).toBeNull()
  expect(await cancel(desk, visitId)).toBe('STATUS_CONFLICT')
})

test('the day’s log says which visitors came without everything, and which numbers were taken back', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const visit = { businessDate: TODAY, serviceId: 'hilang', priority: null, journeyId: null }
  const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`
  await desk.act({ type: 'visit.issued', data: { ...visit, visitId: id(1), label: 'P-001', requirementsMet: false } })
  await desk.act({ type: 'visit.issued', data: { ...visit, visitId: id(2), label: 'P-002', requirementsMet: true } })
  await desk.act({ type: 'visit.issued', data: { ...visit, visitId: id(3), label: 'P-003' } })
  await cancel(desk, id(3))
  const config = await latestConfig(mall.db, 'mal-uji')
  if (!config) throw new Error('no configuration')
  const [header = '', ...rows] = (await dayLog(mall.db, config, TODAY)).trim().split('\r\n')
  const at = header.split(',').indexOf('persyaratan')
  expect(rows.map((row) => row.split(',')[at])).toEqual(['belum lengkap', 'lengkap', ''])
  expect(rows[2]).toContain('Batal')
})

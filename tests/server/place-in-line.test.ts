/** Appointments, transfers to a place in line, and visitors who come back to the counter that sent them. */
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import type { EntryTransferred } from '#domain/events.ts'
import { APPOINTMENT_WINDOW_MS } from '#domain/rank.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

const MINUTE = 60_000

/** kk is served at dukcapil-1 alone, ktp at two open counters. */
async function openMall() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const one = await mall.counter('dukcapil-1')
  const two = await mall.counter('dukcapil-2')
  await one.open()
  await two.open()
  return { mall, desk, one, two }
}

async function grantOf(device: TestDevice, label: string, entryNo = 1): Promise<Grant> {
  const grant = (await device.grants()).findLast((one) => one.label === label && one.entryNo === entryNo)
  if (!grant) throw new Error(`${label}/${entryNo} was not granted`)
  return grant
}

/** Calls, serves and sends on. */
async function transfer(device: TestDevice, grant: Grant, over: Partial<EntryTransferred>): Promise<void> {
  const { visitId, entryNo } = grant
  device.recordCall(grant)
  device.recordServing(grant)
  const data = {
    visitId,
    entryNo,
    toServiceId: 'ktp',
    toCounterId: null,
    toEntryNo: entryNo + 1,
    served: null,
    ...over,
  }
  device.record({ type: 'entry.transferred', data })
  expect((await device.push()).findings).toEqual([])
}

const lineOf = async (device: TestDevice) => {
  const waiting = (await device.told('queue')).map(({ row }) => row)
  return new Map(waiting.map((row) => [`${row.label}/${row.entryNo}`, row]))
}

describe('an appointment that was checked in', () => {
  test('is dealt before walk-ins who came after its window opened, and says so in every grant and list', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    desk.recordIssue('D-001', 'ktp')
    await desk.push()
    mall.now += 40 * MINUTE
    desk.recordIssue('D-002', 'ktp')
    const appointmentAt = MORNING + 20 * MINUTE + APPOINTMENT_WINDOW_MS
    desk.recordIssue('D-003', 'ktp', { appointmentAt })
    await desk.push()
    const one = await mall.counter('dukcapil-1')
    const two = await mall.counter('dukcapil-2')
    await one.open()
    await two.open()
    await mall.hear(one, two)

    const rank = { since: MORNING + 20 * MINUTE, by: 'appointment' }
    const booked = await grantOf(one, 'D-003').catch(() => grantOf(two, 'D-003'))
    expect(booked).toMatchObject({ appointmentAt, rank })
    expect((await lineOf(one)).get('D-003/1')).toMatchObject({ appointmentAt, rank })
    const holder = (await one.grants()).some(({ label }) => label === 'D-003') ? one : two
    const [next] = await holder.improve()
    expect(next?.label).toBe('D-001')
    one.recordCall(await grantOf(one, 'D-001').catch(() => grantOf(one, 'D-003')))
    await one.push()
    const rest = (await mall.entries()).filter(({ status }) => status === 'waiting').map(({ label }) => label)
    expect(rest).toContain('D-002')
  })

  test('comes out of the database in the order of the rule', async () => {
    const { mall, desk, one } = await openMall()
    for (let n = 1; n <= 6; n += 1) desk.recordIssue(`D-00${n}`, 'ktp')
    await desk.push()
    mall.now += MINUTE
    desk.recordIssue('D-007', 'ktp')
    desk.recordIssue('D-008', 'ktp', { appointmentAt: MORNING + APPOINTMENT_WINDOW_MS + 1 })
    await desk.push()
    const [first] = await one.grants()
    if (!first) throw new Error('nothing was granted')
    one.recordCall(first)
    await one.push()

    expect((await one.grants()).map(({ label }) => label)).toContain('D-008')
  })

  test('is known from a call that the server heard of first, and completed by its own fact', async () => {
    const { mall, desk, one } = await openMall()
    const appointmentAt = MORNING + APPOINTMENT_WINDOW_MS
    await desk.issue('K-01', 'kk', { appointmentAt })
    const grant = await grantOf(one, 'K-01')
    const fresh = await TestMall.start()
    const other = await fresh.counter('dukcapil-1')
    await other.open()
    other.recordCall(grant)
    await other.push()
    const place = { appointment_at: appointmentAt, rank_since: MORNING, rank_by: 'appointment', goes_first: 0 }
    expect(await fresh.entries()).toMatchObject([place])
    expect(await mall.entries()).toMatchObject([place])
  })
})

describe('a transfer', () => {
  test('to the front is called before everybody, priority or not, in the order of the transfers', async () => {
    const { mall, desk, one, two } = await openMall()
    await desk.issue('K-01', 'kk')
    await desk.issue('K-02', 'kk', { priority: 'elderly' })
    const [first, second] = [await grantOf(one, 'K-01'), await grantOf(one, 'K-02')]
    for (let n = 1; n <= 6; n += 1) desk.recordIssue(`D-00${n}`, 'ktp', { priority: 'pregnant' })
    await desk.push()
    await mall.hear(one, two)
    mall.now += MINUTE
    await transfer(one, first, { place: 'front', toCounterId: 'dukcapil-2' })
    mall.now += MINUTE
    await transfer(one, second, { place: 'front', toCounterId: 'dukcapil-2' })

    expect(await two.improve()).toMatchObject([{ label: 'K-01', rank: { since: MORNING + MINUTE, by: 'front' } }])
    two.recordCall(await grantOf(two, 'K-01', 2))
    await two.push()
    expect(await two.improve()).toMatchObject([{ label: 'K-02', priority: 'elderly' }])
  })

  test('by arrival keeps the place that the visitor had, an appointment as an appointment', async () => {
    const { mall, desk, one } = await openMall()
    const appointmentAt = MORNING + APPOINTMENT_WINDOW_MS - 5 * MINUTE
    mall.now += MINUTE
    await desk.issue('K-01', 'kk')
    await desk.issue('K-02', 'kk', { appointmentAt })
    const [walkIn, booked] = [await grantOf(one, 'K-01'), await grantOf(one, 'K-02')]
    mall.now += 30 * MINUTE
    await transfer(one, walkIn, { place: 'arrival' })
    await transfer(one, booked, { place: 'arrival' })

    const line = await lineOf(one)
    expect(line.get('K-01/2')).toMatchObject({ rank: { since: MORNING + MINUTE, by: 'arrival' } })
    expect(line.get('K-01/2')?.waitingSince).toBe(MORNING + 31 * MINUTE)
    expect(line.get('K-02/2')).toMatchObject({
      appointmentAt,
      rank: { since: MORNING - 5 * MINUTE, by: 'appointment' },
    })
  })

  test('that names no place goes to the end, and keeps its priority as every transfer does', async () => {
    const { mall, desk, one } = await openMall()
    await desk.issue('K-01', 'kk', { priority: 'disability', appointmentAt: MORNING + 1 })
    const grant = await grantOf(one, 'K-01')
    mall.now += MINUTE
    await transfer(one, grant, {})

    const row = (await lineOf(one)).get('K-01/2')
    expect(row).toMatchObject({ priority: 'disability', waitingSince: MORNING + MINUTE })
    expect(row?.rank).toBeUndefined()
  })

  test('to another counter of the same service keeps the journey', async () => {
    const { desk, one, two } = await openMall()
    await desk.issue('D-001', 'ktp', { journeyId: 'ktp-hilang' })
    await desk.issue('D-002', 'ktp', { journeyId: 'ktp-hilang' })
    const [mine] = await one.grants()
    if (!mine) throw new Error('nothing was granted')
    await transfer(one, mine, { toCounterId: 'dukcapil-2', journeyId: 'ktp-hilang' })
    expect(await grantOf(two, mine.label, 2)).toMatchObject({ journeyId: 'ktp-hilang' })
  })
})

describe('a visitor who was sent with a way back', () => {
  const back = { serviceId: 'kk', counterId: 'dukcapil-1', journeyId: null }

  async function sent() {
    const mall = await openMall()
    await mall.desk.issue('K-01', 'kk', { priority: 'elderly' })
    const grant = await grantOf(mall.one, 'K-01')
    await transfer(mall.one, grant, { toCounterId: 'dukcapil-2', returnsTo: back })
    return { ...mall, grant, there: await grantOf(mall.two, 'K-01', 2) }
  }

  function complete(device: TestDevice, grant: Grant): void {
    const { visitId, entryNo, returnsTo } = grant
    device.recordCall(grant)
    device.recordServing(grant)
    const served = { ms: 1, estimated: false }
    device.record({ type: 'entry.completed', data: { visitId, entryNo, outcome: 'delivered', served, returnsTo } })
  }

  test('is next at the sending counter once completed there, with its priority', async () => {
    const { mall, desk, one, two, there } = await sent()
    expect(there.returnsTo).toEqual(back)
    await desk.issue('K-02', 'kk', { priority: 'pregnant' })
    await mall.hear(one, two)
    mall.now += MINUTE
    complete(two, there)
    expect((await two.push()).findings).toEqual([])

    expect(await one.improve()).toMatchObject([
      {
        label: 'K-01',
        entryNo: 3,
        serviceId: 'kk',
        priority: 'elderly',
        rank: { by: 'returned', since: MORNING + MINUTE },
      },
    ])
    expect((await grantOf(one, 'K-01', 3)).returnsTo).toBeUndefined()
  })

  test('and shows the slip elsewhere, while its holder is silent, has the way back told there', async () => {
    const { one, there } = await sent()
    expect(await one.claim(there)).toEqual({ kind: 'holder_silent', counterId: 'dukcapil-2', returnsTo: back })
  })

  test('is counted as completed where it was', async () => {
    const { mall, two, there } = await sent()
    complete(two, there)
    await two.push()
    expect((await mall.entries()).map(({ status }) => status)).toEqual(['forwarded', 'completed', 'waiting'])
  })

  test('does not come back when the transfer is undone: the sending counter has it, and nobody else', async () => {
    const mall = await openMall()
    await mall.desk.issue('K-01', 'kk')
    const grant = await grantOf(mall.one, 'K-01')
    const { visitId, entryNo } = grant
    mall.one.recordCall(grant)
    const data = { visitId, entryNo, toServiceId: 'ktp', toCounterId: 'dukcapil-2', toEntryNo: 2, served: null }
    mall.one.record({ type: 'entry.transferred', data: { ...data, place: 'front', returnsTo: back } })
    mall.one.record({ type: 'entry.give_away_undone', data: { visitId, entryNo, toEntryNo: 2 } })
    expect((await mall.one.push()).findings).toEqual([])
    expect((await mall.mall.entries()).map(({ status }) => status)).toEqual(['called'])
  })

  test('and was dealt before the server heard of it is asked back, and dealt anew with the way back', async () => {
    const { mall, desk, one, two } = await openMall()
    await desk.issue('K-01', 'kk')
    const grant = await grantOf(one, 'K-01')
    const taken = { incarnation: 0, n: two.chain.length + 1 }
    const shown = { ...grant, entryNo: 2, serviceId: 'ktp', grant: taken }
    two.recordPresented(shown, taken)
    two.record({ type: 'entry.returned', data: { visitId: grant.visitId, entryNo: 2 } })
    two.recordReleased(shown)
    await two.push()
    const dealt = (await mall.entries()).find(({ entry_no }) => entry_no === 2)
    const holder = dealt?.device_id === one.id ? one : two
    expect((await grantOf(holder, 'K-01', 2)).returnsTo).toBeUndefined()
    await transfer(one, grant, { toCounterId: 'dukcapil-2', returnsTo: back })

    const asked = (await holder.told('recalled')).at(-1)
    if (!asked) throw new Error('nothing was asked back')
    await holder.answer(asked, 'released')
    expect(await grantOf(two, 'K-01', 2)).toMatchObject({ returnsTo: back })
  })

  test('is the same in whatever order the facts arrive', async () => {
    const { mall, two, there } = await sent()
    complete(two, there)
    await two.push()
    const told = (await mall.entries()).map(({ status, rank_by, for_counter_id }) => ({
      status,
      rank_by,
      for_counter_id,
    }))

    const late = await openMall()
    await late.desk.issue('K-01', 'kk', { priority: 'elderly' })
    const grant = await grantOf(late.one, 'K-01')
    // The slip was shown at the other counter, which completes before the sending counter can push.
    const shown = { ...grant, entryNo: 2, serviceId: 'ktp', returnsTo: back }
    late.two.recordPresented(shown)
    late.two.recordServing(shown)
    const served = { ms: 1, estimated: false }
    const { visitId } = grant
    const data = { visitId, entryNo: 2, outcome: 'delivered', served, returnsTo: back } as const
    late.two.record({ type: 'entry.completed', data })
    await late.two.push()
    await transfer(late.one, grant, { toCounterId: 'dukcapil-2', returnsTo: back })

    const again = (await late.mall.entries()).toSorted((a, b) => a.entry_no - b.entry_no)
    expect(again.map(({ status, rank_by }) => ({ status, rank_by }))).toEqual(
      told.map(({ status, rank_by }) => ({ status, rank_by })),
    )
  })
})

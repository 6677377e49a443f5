/** Two desks acted on one entry: one act counts, the other is told, whatever came first. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall, TODAY } from '#tests/server/support/test-mall.ts'

const codes = async (device: TestDevice) => (await device.push()).findings.map((finding) => finding.code)

/** ktp waits in the hand of `one`; `two` can serve it too. */
async function contested() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const one = await mall.counter('dukcapil-1')
  const two = await mall.counter('dukcapil-2')
  await one.open()
  await desk.issue('D-001', 'ktp')
  const [grant] = await one.grants()
  if (!grant) throw new Error('nothing was granted')
  await two.open()
  return { mall, desk, one, two, grant }
}

describe('an entry in a hand that is served elsewhere', () => {
  test('belongs to the desk where its slip was shown, and its holder is told with that claim', async () => {
    const { mall, one, two, grant } = await contested()
    two.recordPresented(grant)

    expect(await codes(two)).toEqual([])
    expect(await mall.entries()).toMatchObject([
      { status: 'called', counter_id: 'dukcapil-2', device_id: two.id, grant_incarnation: 0, grant_n: 2 },
    ])
    const { visitId, entryNo } = grant
    expect(await one.told('superseded')).toEqual([
      {
        kind: 'superseded',
        visitId,
        entryNo,
        claim: { strength: 2, grant: { incarnation: 0, n: 2 }, deviceId: two.id },
        counterId: 'dukcapil-2',
      },
    ])
  })

  test('called later by its holder is flagged, counted nowhere, and the holder is told again', async () => {
    const { mall, one, two, grant } = await contested()
    two.recordPresented(grant)
    await two.push()
    one.recordCall(grant)

    expect(await codes(one)).toEqual(['SUPERSEDED', 'VOID_GRANT'])
    expect(await mall.entries()).toMatchObject([{ status: 'called', device_id: two.id }])
    expect(await one.told('superseded')).toHaveLength(2)
  })

  test('goes over to the one who confirmed arrival, and the other is told', async () => {
    const { mall, one, two, grant } = await contested()
    two.recordPresented(grant)
    await two.push()
    one.recordCall(grant)
    one.recordServing(grant)
    await one.push()

    expect(await mall.entries()).toMatchObject([{ status: 'serving', device_id: one.id }])
    expect(await two.told('superseded')).toMatchObject([
      { claim: { strength: 3, grant: grant.grant, deviceId: one.id }, counterId: 'dukcapil-1' },
    ])
  })

  test('is free again when the loser closed it and the winner gave it back', async () => {
    const { mall, one, two, grant } = await contested()
    const { visitId, entryNo } = grant
    one.recordCall(grant)
    await one.push()
    two.recordPresented(grant)
    await two.push()
    one.record({ type: 'entry.superseded', data: { visitId, entryNo, byCounterId: 'dukcapil-2' } })
    await one.push()
    two.record({ type: 'entry.returned', data: { visitId, entryNo } })
    two.recordReleased({ visitId, entryNo, grant: { incarnation: 0, n: 2 } })

    expect(await codes(two)).toEqual([])
    const [entry] = await mall.entries()
    expect(entry).toMatchObject({ status: 'waiting', winner_device_id: null, called_at: null })
    expect(entry?.grant_n).toBeGreaterThan(grant.grant.n)
  })

  test('stays closed at the loser: its end is not told to it again', async () => {
    const { one, two, grant } = await contested()
    one.recordCall(grant)
    one.recordServing(grant)
    one.recordDone(grant)
    await one.push()
    two.recordPresented(grant)
    two.recordServing(grant)
    two.recordDone(grant)
    // Incarnation 0 is weaker than a grant.
    expect(await codes(two)).toEqual(['SUPERSEDED', 'SUPERSEDED', 'SUPERSEDED'])
    expect(await one.told('superseded')).toEqual([])
  })
})

describe('acts under a grant that is not the present one', () => {
  test('a call of what the device gave back counts, flagged', async () => {
    const { mall, one, two, grant } = await contested()
    one.recordReleased(grant)
    await one.push()
    const [again] = await two.grants()
    one.recordCall(grant)

    expect(again?.visitId ?? (await one.grants()).at(-1)?.visitId).toBe(grant.visitId)
    expect(await codes(one)).toEqual(['VOID_GRANT'])
    expect(await mall.entries()).toMatchObject([{ status: 'called', device_id: one.id, grant_n: grant.grant.n }])
  })

  test('a call and its end that come together leave the entry with whom it was dealt to meanwhile', async () => {
    const { mall, one, two, grant } = await contested()
    const { visitId, entryNo } = grant
    // Freed without these facts, after a restore, and dealt to the other.
    one.recordCall(grant)
    one.record({ type: 'entry.call_undone', data: { visitId, entryNo } })
    one.recordReleased(grant)
    await mall.db.updateTable('entry').set({ device_id: two.id, counter_id: 'dukcapil-2', grant_n: 9 }).execute()
    await one.push()

    expect(await mall.entries()).toMatchObject([{ status: 'waiting', device_id: two.id, grant_n: 9 }])
    expect(await two.told('superseded')).toEqual([])
  })

  test('a release has no effect and is no finding', async () => {
    const { mall, one, two, grant } = await contested()
    two.recordPresented(grant)
    await two.push()
    one.recordReleased(grant)

    expect(await codes(one)).toEqual([])
    expect(await mall.entries()).toMatchObject([{ status: 'called', device_id: two.id }])
  })
})

describe('an entry that the server has not heard of', () => {
  const unknown = (over: Partial<Grant> = {}): Grant => ({
    visitId: randomUUID(),
    entryNo: 1,
    grant: { incarnation: 0, n: 1 },
    label: 'D-050',
    businessDate: TODAY,
    serviceId: 'ktp',
    priority: null,
    journeyId: null,
    issuedAt: MORNING - 60_000,
    waitingSince: MORNING - 60_000,
    order: 1,
    ...over,
  })

  test('is made from the call, and its own issue only completes it', async () => {
    const mall = await TestMall.start()
    const [desk, one] = [await mall.frontDesk(), await mall.counter('dukcapil-1')]
    const entry = unknown()
    one.recordPresented(entry)
    expect(await codes(one)).toEqual([])
    expect(await mall.entries()).toMatchObject([{ label: 'D-050', status: 'called', priority: null }])

    const { visitId, label, businessDate, serviceId } = entry
    const data = { visitId, label, businessDate, serviceId, priority: 'elderly', journeyId: null } as const
    expect(await desk.act({ type: 'visit.issued', data })).toBeNull()
    expect(await mall.entries()).toMatchObject([{ status: 'called', priority: 'elderly', issued_at: MORNING }])
    expect(await mall.db.selectFrom('visit').selectAll().execute()).toMatchObject([{ issuer_device_id: desk.id }])
    expect(await desk.act({ type: 'visit.issued', data })).toBe('STATUS_CONFLICT')
  })

  test('and that was sent to the end of the queue meanwhile keeps that place when its issue comes late', async () => {
    const mall = await TestMall.start()
    const [desk, one] = [await mall.frontDesk(), await mall.counter('dukcapil-1')]
    const visitId = desk.recordIssue('D-050', 'ktp')
    one.recordPresented(unknown({ visitId }))
    await one.push()
    mall.now += 60_000
    one.record({ type: 'entry.returned', data: { visitId, entryNo: 1, to: 'end' } })
    expect(await codes(one)).toEqual([])
    expect((await desk.push()).findings).toEqual([])
    expect(await mall.entries()).toMatchObject([
      { status: 'waiting', issued_at: MORNING, waiting_since: MORNING + 60_000 },
    ])
  })

  test('with the number of another visit, or of an unknown service, is not made', async () => {
    const mall = await TestMall.start()
    const [desk, one] = [await mall.frontDesk(), await mall.counter('dukcapil-1')]
    await desk.issue('D-050', 'ktp')
    one.recordPresented(unknown())
    one.recordPresented(unknown({ label: 'D-051', serviceId: 'entah' }))

    expect(await codes(one)).toEqual(['LABEL_TAKEN', 'UNKNOWN_SERVICE'])
    expect(await mall.entries()).toHaveLength(1)
  })

  test('that is a later one of its visit keeps the earlier from being dealt', async () => {
    const mall = await TestMall.start()
    const [desk, one] = [await mall.frontDesk(), await mall.counter('dukcapil-1')]
    const second = unknown({ entryNo: 2 })
    one.recordPresented(second)
    await one.push()
    const { visitId, label, businessDate } = second
    const data = { visitId, label, businessDate, serviceId: 'hilang', priority: null, journeyId: null }
    expect(await desk.act({ type: 'visit.issued', data })).toBeNull()
    const police = await mall.counter('polres-1')
    await police.open()

    expect(await police.grants()).toEqual([])
  })
})

describe('a number issued at a counter', () => {
  test('is in that counter’s hand under custody of its own, and called without a remark', async () => {
    const mall = await TestMall.start()
    const one = await mall.counter('dukcapil-1')
    await one.open()
    const visitId = randomUUID()
    const data = { visitId, label: 'L01-01', businessDate: TODAY, serviceId: 'ktp', priority: null, journeyId: null }
    expect(await one.act({ type: 'visit.issued_here', data })).toBeNull()
    const [entry] = await mall.entries()
    expect(entry).toMatchObject({ status: 'waiting', device_id: one.id, grant_incarnation: 0, grant_n: 2 })
    expect(await one.grants()).toEqual([])

    one.record({
      type: 'entry.called',
      data: {
        ...{ visitId, entryNo: 1, grant: { incarnation: 0, n: 2 }, label: 'L01-01', businessDate: TODAY },
        ...{ serviceId: 'ktp', priority: null, journeyId: null, issuedAt: MORNING, waitingSince: MORNING },
      },
    })
    expect(await codes(one)).toEqual([])
  })

  test('is not for front desks', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const visitId = randomUUID()
    const data = { visitId, label: 'L01-01', businessDate: TODAY, serviceId: 'ktp', priority: null, journeyId: null }
    expect(await desk.act({ type: 'visit.issued_here', data })).toBe('NOT_YOURS')
  })
})

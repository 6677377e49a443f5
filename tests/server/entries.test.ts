/** The life of an entry as the server sees it, through events pushed over HTTP. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

/** A mall where kk is open at dukcapil-1 and one visitor waits for it there. */
async function oneWaiting(): Promise<{ mall: TestMall; desk: TestDevice; counter: TestDevice; grant: Grant }> {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const counter = await mall.counter('dukcapil-1')
  await counter.open()
  await desk.issue('K-01', 'kk', { priority: 'elderly', journeyId: 'ktp-hilang' })
  const [grant] = await counter.grants()
  if (!grant) throw new Error('nothing was granted')
  return { mall, desk, counter, grant }
}

const entriesOf = (mall: TestMall) => mall.db.selectFrom('entry').selectAll().orderBy('ord').execute()

test('an issued visit waits as entry 1 with its arrival order and corrected time', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  desk.offset = -90_000
  await desk.issue('K-01', 'kk', { priority: 'pregnant' })

  expect(await entriesOf(mall)).toMatchObject([
    {
      entry_no: 1,
      label: 'K-01',
      status: 'waiting',
      priority: 'pregnant',
      issued_at: MORNING - 90_000,
      waiting_since: MORNING - 90_000,
      ord: 1,
      counter_id: null,
    },
  ])
})

test('a desk whose clock is ahead cannot place an entry in the future', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  desk.offset = 3_600_000
  await desk.issue('K-01', 'kk')

  expect(await entriesOf(mall)).toMatchObject([{ waiting_since: MORNING }])
})

test('call, call again, serve and complete leave their times, officer, outcome and duration', async () => {
  const { mall, counter, grant } = await oneWaiting()
  counter.recordCall(grant)
  mall.now += 60_000
  const { visitId, entryNo } = grant
  counter.record({ type: 'entry.called_again', data: { visitId, entryNo, times: 2 } })
  counter.recordServing(grant)
  mall.now += 300_000
  counter.recordDone(grant, 299_000, { paymentReference: '0A1B/2026' })

  expect((await counter.push()).findings).toEqual([])
  expect(await entriesOf(mall)).toMatchObject([
    {
      status: 'completed',
      counter_id: 'dukcapil-1',
      called_at: MORNING,
      serving_at: MORNING + 60_000,
      ended_at: MORNING + 360_000,
      officer_id: 'made',
      outcome: 'delivered',
      served_ms: 299_000,
      payment_reference: '0A1B/2026',
    },
  ])
})

test('a forward closes the entry and opens the next one with the same number, priority and a new place in line', async () => {
  const { mall, counter, grant } = await oneWaiting()
  counter.recordCall(grant)
  mall.now += 120_000
  counter.recordForward(grant, 'hilang')
  await counter.push()

  expect(await entriesOf(mall)).toMatchObject([
    { entry_no: 1, status: 'forwarded', to_service_id: 'hilang', ended_at: MORNING + 120_000, served_ms: null },
    {
      entry_no: 2,
      status: 'waiting',
      service_id: 'hilang',
      label: 'K-01',
      priority: 'elderly',
      journey_id: null,
      issued_at: MORNING,
      waiting_since: MORNING + 120_000,
      ord: 2,
      counter_id: null,
    },
  ])
})

test('a no-show ends the entry', async () => {
  const { mall, counter, grant } = await oneWaiting()
  counter.recordCall(grant)
  await counter.push()
  const { visitId, entryNo } = grant

  expect(await counter.act({ type: 'entry.no_show', data: { visitId, entryNo, calls: 1 } })).toBeNull()
  expect(await entriesOf(mall)).toMatchObject([{ status: 'no_show', ended_at: MORNING }])
})

test('what is sent to the end waits from then on, for its own counter and for whoever gets it next', async () => {
  const { mall, desk, counter, grant } = await oneWaiting()
  mall.now += 30_000
  await desk.issue('K-02', 'kk', { priority: 'elderly' })
  const { visitId, entryNo } = grant
  counter.recordCall(grant)
  await counter.push()
  mall.now += 60_000
  const sentAt = mall.now

  expect(await counter.act({ type: 'entry.returned', data: { visitId, entryNo, to: 'end' } })).toBeNull()
  expect(await entriesOf(mall)).toMatchObject([
    { label: 'K-01', status: 'waiting', device_id: counter.id, waiting_since: sentAt },
    { label: 'K-02', status: 'waiting', waiting_since: sentAt - 60_000 },
  ])

  // Called again and returned to its place it keeps the new one.
  mall.now += 10_000
  counter.recordCall({ ...grant, waitingSince: sentAt })
  counter.record({ type: 'entry.returned', data: { visitId, entryNo } })
  for (const entry of await counter.grants()) counter.recordReleased(entry)
  counter.recordSession('closed')
  await counter.push()
  const other = await mall.counter('dukcapil-1')
  await other.open()
  const granted = (await other.grants()).map(({ label, waitingSince }) => [label, waitingSince])
  expect(Object.fromEntries(granted)).toEqual({ 'K-01': sentAt, 'K-02': sentAt - 60_000 })
})

test('closing gives the hand back, and what was given back is dealt to whoever opens next', async () => {
  const { mall, counter, grant } = await oneWaiting()
  const { visitId, entryNo } = grant
  counter.record({ type: 'entry.released', data: { visitId, entryNo, grant: grant.grant } })
  counter.record({ type: 'counter.closed', data: { counterId: 'dukcapil-1', epoch: 1 } })
  await counter.push()
  expect(await entriesOf(mall)).toMatchObject([{ status: 'waiting', counter_id: null, device_id: null }])

  const other = await mall.counter('dukcapil-1')
  await other.open()

  const [again] = await other.grants()
  expect(again).toMatchObject({ visitId, grant: { incarnation: 1, n: grant.grant.n + 1 } })
})

describe('acts that are refused', () => {
  test('a call under a grant that was given back is void', async () => {
    const { counter, grant } = await oneWaiting()
    const { visitId, entryNo } = grant
    await counter.act({ type: 'entry.released', data: { visitId, entryNo, grant: grant.grant } })
    counter.recordCall(grant)

    expect((await counter.push()).findings).toMatchObject([{ code: 'VOID_GRANT' }])
  })

  test('an act on an entry that another counter holds and that was never called here is void', async () => {
    const { mall, grant } = await oneWaiting()
    const other = await mall.counter('dukcapil-2')
    other.recordServing(grant)

    expect((await other.push()).findings).toMatchObject([{ code: 'VOID_GRANT' }])
    expect(await entriesOf(mall)).toMatchObject([{ status: 'waiting', counter_id: 'dukcapil-1' }])
  })

  test('serving before calling conflicts with the status', async () => {
    const { counter, grant } = await oneWaiting()
    counter.recordServing(grant)

    expect((await counter.push()).findings).toMatchObject([{ code: 'STATUS_CONFLICT' }])
  })

  test('nothing happens to an entry after its end', async () => {
    const { counter, grant } = await oneWaiting()
    counter.recordCall(grant)
    counter.recordServing(grant)
    counter.recordDone(grant)
    counter.recordDone(grant)
    counter.recordCall(grant)

    expect((await counter.push()).findings.map((finding) => finding.code)).toEqual([
      'STATUS_CONFLICT',
      'STATUS_CONFLICT',
    ])
  })

  test('a forward to an unknown service or with a wrong entry number is not applied', async () => {
    const { mall, counter, grant } = await oneWaiting()
    counter.recordCall(grant)
    counter.recordForward(grant, 'entah')
    counter.record({
      type: 'entry.forwarded',
      data: {
        visitId: grant.visitId,
        entryNo: 1,
        toServiceId: 'hilang',
        toEntryNo: 3,
        journeyId: null,
        served: null,
        handsOver: null,
      },
    })

    const { findings } = await counter.push()

    expect(findings.map((finding) => finding.code)).toEqual(['UNKNOWN_SERVICE', 'STATUS_CONFLICT'])
    expect(await entriesOf(mall)).toMatchObject([{ status: 'called' }])
  })

  test('a refused event does not stop the events after it', async () => {
    const { mall, counter, grant } = await oneWaiting()
    counter.record({ type: 'entry.serving', data: { visitId: randomUUID(), entryNo: 1 } })
    counter.recordCall(grant)

    expect((await counter.push()).findings).toMatchObject([{ seq: 2, code: 'UNKNOWN_VISIT' }])
    expect(await entriesOf(mall)).toMatchObject([{ status: 'called' }])
  })
})

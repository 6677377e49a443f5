/** What goes on to the next entry, what is taken back, and what ends with its day. */
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

const codes = async (device: TestDevice) => (await device.push()).findings.map((finding) => finding.code)

/** kk is called at dukcapil-1. */
async function called() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const counter = await mall.counter('dukcapil-1')
  await counter.open()
  await desk.issue('K-01', 'kk', { priority: 'elderly' })
  const [grant] = await counter.grants()
  if (!grant) throw new Error('nothing was granted')
  counter.recordCall(grant)
  await counter.push()
  return { mall, desk, counter, grant }
}

const transfer = ({ visitId, entryNo }: Grant, toServiceId: string, toCounterId: string | null) => ({
  type: 'entry.transferred' as const,
  data: { visitId, entryNo, toServiceId, toCounterId, toEntryNo: entryNo + 1, served: null },
})
const undo = ({ visitId, entryNo }: Grant) => ({
  type: 'entry.give_away_undone' as const,
  data: { visitId, entryNo, toEntryNo: entryNo + 1 },
})

describe('a transfer to a named counter', () => {
  test('is dealt to that counter only, also when others could serve it and its hand is full', async () => {
    const { mall, desk, counter, grant } = await called()
    const [two, three] = [await mall.counter('dukcapil-2'), await mall.counter('dukcapil-3')]
    await two.open()
    await three.open()
    for (let n = 1; n <= 9; n += 1) desk.recordIssue(`D-00${n}`, 'ktp')
    await desk.push()
    counter.record(transfer(grant, 'ktp', 'dukcapil-3'))
    await counter.push()

    expect(await three.grants()).toContainEqual(expect.objectContaining({ label: 'K-01', entryNo: 2 }))
  })

  test('waits while that counter is closed', async () => {
    const { mall, counter, grant } = await called()
    const two = await mall.counter('dukcapil-2')
    await two.open()
    counter.record(transfer(grant, 'ktp', 'dukcapil-3'))
    await counter.push()
    expect(await two.grants()).toEqual([])
    expect(await two.improve()).toEqual([])

    const three = await mall.counter('dukcapil-3')
    await three.open()
    expect(await three.grants()).toMatchObject([{ label: 'K-01', entryNo: 2, journeyId: null }])
  })

  test('keeps nobody waiting for a counter that the mall does not have', async () => {
    const { mall, counter, grant } = await called()
    const police = await mall.counter('polres-1')
    await police.open()
    counter.record(transfer(grant, 'hilang', 'tiada'))
    await counter.push()

    expect(await police.grants()).toMatchObject([{ label: 'K-01', entryNo: 2 }])
  })
})

describe('a give-away that is undone', () => {
  test('in the same push was never told and never dealt', async () => {
    const { mall, counter, grant } = await called()
    const police = await mall.counter('polres-1')
    await police.open()
    const reader = await police.changes()
    await reader.untilCaughtUp()
    counter.recordForward(grant, 'hilang')
    counter.record(undo(grant))

    expect(await codes(counter)).toEqual([])
    expect(await mall.entries()).toMatchObject([{ status: 'called', to_service_id: null }])
    expect(reader.unread).toBe(0)
    await reader.close()
  })

  test('while nobody has the next entry takes it off the lists', async () => {
    const { mall, desk, counter, grant } = await called()
    counter.recordForward(grant, 'hilang')
    await counter.push()
    const reader = await desk.changes()
    await reader.untilCaughtUp()
    counter.record(undo(grant))

    expect(await codes(counter)).toEqual([])
    expect(await mall.entries()).toMatchObject([{ entry_no: 1, status: 'called' }])
    const rows = [await reader.next(), await reader.next()]
    expect(rows).toContainEqual(
      expect.objectContaining({ row: expect.objectContaining({ entryNo: 2, status: 'cancelled' }) }),
    )
    await reader.close()
  })

  test('and given away again elsewhere goes there', async () => {
    const { mall, counter, grant } = await called()
    counter.recordForward(grant, 'hilang')
    counter.record(undo(grant))
    counter.recordForward(grant, 'ktp')

    expect(await codes(counter)).toEqual([])
    expect(await mall.entries()).toMatchObject([
      { status: 'forwarded' },
      { entry_no: 2, service_id: 'ktp', device_id: counter.id },
    ])
  })

  test('after the next entry was dealt is too late: both are there, flagged', async () => {
    const { mall, counter, grant } = await called()
    const police = await mall.counter('polres-1')
    await police.open()
    counter.recordForward(grant, 'hilang')
    await counter.push()
    counter.record(undo(grant))

    expect(await codes(counter)).toEqual(['UNDO_TOO_LATE'])
    expect(await mall.entries()).toMatchObject([{ status: 'called' }, { status: 'waiting', device_id: police.id }])
  })
})

describe('the next entry', () => {
  test('shown at a desk before its forward came is only marked as opened by it', async () => {
    const { mall, counter, grant } = await called()
    const police = await mall.counter('polres-1')
    police.recordPresented({ ...grant, entryNo: 2, serviceId: 'hilang' })
    await police.push()
    counter.recordForward(grant, 'hilang')

    expect(await codes(counter)).toEqual([])
    expect(await mall.entries()).toMatchObject([
      { entry_no: 1, status: 'forwarded' },
      { entry_no: 2, status: 'called', device_id: police.id, opened_by: counter.id },
    ])
  })

  test('is opened by the winner’s forward alone', async () => {
    const { mall, desk, counter, grant } = await called()
    const other = await mall.counter('dukcapil-2')
    await desk.issue('D-001', 'ktp')
    counter.recordServing(grant)
    await counter.push()
    other.recordPresented(grant)
    other.recordForward(grant, 'hilang')

    expect(await codes(other)).toEqual(['SUPERSEDED', 'SUPERSEDED'])
    expect((await mall.entries()).map((entry) => [entry.label, entry.entry_no])).toEqual([
      ['K-01', 1],
      ['D-001', 1],
    ])
  })

  test('of a forward that loses afterwards goes as long as nobody has it', async () => {
    const { mall, counter, grant } = await called()
    const other = await mall.counter('dukcapil-2')
    counter.recordForward(grant, 'hilang')
    await counter.push()
    expect(await mall.entries()).toHaveLength(2)
    other.recordPresented(grant)
    other.recordServing(grant)
    other.recordDone(grant)
    await other.push()

    expect(await mall.entries()).toMatchObject([{ entry_no: 1, status: 'completed', device_id: other.id }])
  })
})

describe('a release that is undone', () => {
  test('in the same push leaves the entry where it was', async () => {
    const { mall, desk, counter } = await called()
    await desk.issue('K-02', 'kk')
    const held = (await counter.grants()).at(-1)
    if (!held) throw new Error('nothing was granted')
    const { visitId, entryNo, grant } = held
    counter.recordReleased(held)
    counter.record({ type: 'entry.release_undone', data: { visitId, entryNo, grant } })

    expect(await codes(counter)).toEqual([])
    expect((await mall.entries())[1]).toMatchObject({ device_id: counter.id, grant_n: grant.n })
  })

  test('after it was dealt again is too late', async () => {
    const { counter, desk, mall } = await called()
    await desk.issue('K-02', 'kk')
    const held = (await counter.grants()).at(-1)
    if (!held) throw new Error('nothing was granted')
    const { visitId, entryNo, grant } = held
    counter.recordReleased(held)
    await counter.push()
    counter.record({ type: 'entry.release_undone', data: { visitId, entryNo, grant } })

    expect(await codes(counter)).toEqual(['UNDO_TOO_LATE'])
    expect((await mall.entries())[1]?.grant_n).toBeGreaterThan(grant.n)
  })
})

describe('after midnight', () => {
  const expired = ({ visitId, entryNo, grant }: Grant) => ({
    type: 'entry.expired' as const,
    data: { visitId, entryNo, grant },
  })

  test('an entry that its holder never called is over', async () => {
    const { mall, desk, counter } = await called()
    await desk.issue('K-02', 'kk')
    const held = (await counter.grants()).at(-1)
    if (!held) throw new Error('nothing was granted')
    mall.now += 24 * 3_600_000
    counter.record(expired(held))

    expect(await codes(counter)).toEqual([])
    expect((await mall.entries())[1]).toMatchObject({ status: 'expired', ended_at: MORNING + 24 * 3_600_000 })
  })

  test('what was expired here and served elsewhere was served', async () => {
    const { mall, desk, counter } = await called()
    await desk.issue('K-02', 'kk')
    const held = (await counter.grants()).at(-1)
    if (!held) throw new Error('nothing was granted')
    counter.record(expired(held))
    await counter.push()
    const other = await mall.counter('dukcapil-2')
    other.recordPresented(held)
    await other.push()

    expect((await mall.entries())[1]).toMatchObject({ status: 'called', device_id: other.id })
  })

  test('the end of what was called before is flagged', async () => {
    const { mall, counter, grant } = await called()
    counter.recordServing(grant)
    expect(await codes(counter)).toEqual([])
    mall.now += 24 * 3_600_000
    counter.recordDone(grant)

    expect(await codes(counter)).toEqual(['AFTER_MIDNIGHT'])
    expect(await mall.entries()).toMatchObject([{ status: 'completed' }])
  })
})

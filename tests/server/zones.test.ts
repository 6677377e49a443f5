/** Calls that a loudspeaker has to say reach the PC that speaks for the zone, whatever services it offers itself. */
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import type { ChangeReader } from '#tests/server/support/change-reader.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

const ZONE = { id: 'barat', name: 'Sayap barat', speakerId: 'polres-1', counterIds: ['polres-1', 'dukcapil-1'] }

/** A visitor waits in the hand of a counter of the zone, and its speaker listens. */
async function prepare(zone: Partial<typeof ZONE> = {}) {
  const mall = await TestMall.start({ config: { ...TEST_CONFIG, zones: [{ ...ZONE, ...zone }] } })
  const desk = await mall.frontDesk()
  const [counter, speaker] = [await mall.counter('dukcapil-1'), await mall.counter('polres-1')]
  await counter.open()
  await desk.issue('K-01', 'kk')
  const [grant] = await counter.grants()
  if (!grant) throw new Error('nothing was granted')
  const reader = await speaker.changes()
  expect((await reader.untilCaughtUp()).filter(({ kind }) => kind !== 'config')).toEqual([])
  return { mall, desk, counter, speaker, grant, reader }
}

/** An entry in the hand of a counter of the zone, and another counter of the zone that can serve it. */
async function prepareContest() {
  const { mall, desk, counter, reader } = await prepare({ counterIds: ['dukcapil-1', 'dukcapil-2'] })
  await desk.issue('D-001', 'ktp')
  const grant = (await counter.grants()).find(({ label }) => label === 'D-001')
  if (!grant) throw new Error('nothing was granted')
  const other = await mall.counter('dukcapil-2')
  await other.open()
  expect(reader.unread).toBe(0)
  return { desk, counter, other, grant, reader }
}

const refOf = ({ visitId, entryNo }: Grant) => ({ visitId, entryNo })

async function callAgain(counter: TestDevice, grant: Grant): Promise<void> {
  counter.record({ type: 'entry.called_again', data: { ...refOf(grant), times: 2 } })
  await counter.push()
}

async function hears(reader: ChangeReader, change: object): Promise<void> {
  expect(await reader.next()).toMatchObject({ kind: 'call', label: 'K-01', counterId: 'dukcapil-1', ...change })
  expect(reader.unread).toBe(0)
}

describe('the PC that speaks for a zone', () => {
  test('hears a call and a call again of a counter whose services it does not offer, with their times', async () => {
    const { mall, counter, grant, reader } = await prepare()
    counter.recordCall(grant)
    await counter.push()
    await hears(reader, { ...refOf(grant), calledAt: MORNING })
    mall.now += 20_000
    await callAgain(counter, grant)
    await hears(reader, { calledAt: MORNING + 20_000 })
    await reader.close()
  })

  test('hears that a call is over when the visitor has come, and when it was taken back', async () => {
    const { counter, grant, reader } = await prepare()
    counter.recordCall(grant)
    await counter.push()
    await hears(reader, { calledAt: MORNING })
    counter.record({ type: 'entry.call_undone', data: refOf(grant) })
    await counter.push()
    await hears(reader, { calledAt: null })
    counter.recordCall(grant)
    await counter.push()
    await hears(reader, { calledAt: MORNING })
    counter.recordServing(grant)
    await counter.push()
    await hears(reader, { calledAt: null })
    await reader.close()
  })

  test('hears when a call was made, not when a counter that was cut off could tell of it', async () => {
    const { mall, counter, grant, reader } = await prepare()
    counter.recordCall(grant)
    mall.now += 600_000
    await counter.push()
    await hears(reader, { calledAt: MORNING })
    await reader.close()
  })

  test('hears nothing of what was called and served in one push, or of a slip shown at the desk', async () => {
    const { desk, counter, grant, reader } = await prepare()
    counter.recordCall(grant)
    counter.recordServing(grant)
    counter.recordDone(grant)
    await counter.push()
    await desk.issue('K-02', 'kk')
    const shown = (await counter.grants()).find(({ label }) => label === 'K-02')
    if (!shown) throw new Error('nothing was granted')
    counter.recordPresented(shown, shown.grant)
    await counter.push()
    // Something that it does hear comes after all that it should not.
    await desk.issue('P-001', 'hilang')
    expect(await reader.next()).toMatchObject({ kind: 'queue', row: { label: 'P-001' } })
    await reader.close()
  })

  test('hears that a visitor who did not come is called back', async () => {
    const { mall, counter, grant, reader } = await prepare()
    counter.recordCall(grant)
    await counter.push()
    await hears(reader, { calledAt: MORNING })
    counter.record({ type: 'entry.no_show', data: { ...refOf(grant), calls: 1 } })
    await counter.push()
    await hears(reader, { calledAt: null })
    mall.now += 60_000
    counter.record({ type: 'entry.called_back', data: refOf(grant) })
    await counter.push()
    await hears(reader, { ...refOf(grant), calledAt: MORNING + 60_000 })
    await reader.close()
  })

  test('hears that a call is over at the counter that made it when the slip is shown at another', async () => {
    const { other, counter, grant, reader } = await prepareContest()
    counter.recordCall(grant)
    await counter.push()
    await hears(reader, { label: 'D-001', calledAt: MORNING })
    other.recordPresented(grant)
    await other.push()
    await hears(reader, { label: 'D-001', calledAt: null })
    await reader.close()
  })

  test('hears nothing of a call that another counter’s claim made void', async () => {
    const { desk, other, counter, grant, reader } = await prepareContest()
    other.recordPresented(grant)
    await other.push()
    counter.recordCall(grant)
    expect((await counter.push()).findings).toMatchObject([{ code: 'SUPERSEDED' }, { code: 'VOID_GRANT' }])
    await callAgain(counter, grant)
    await desk.issue('P-001', 'hilang')
    expect(await reader.next()).toMatchObject({ kind: 'queue', row: { label: 'P-001' } })
    await reader.close()
  })

  test('may be a front desk, which hears of the zone’s counters', async () => {
    const { mall, counter, grant, reader } = await prepare({ speakerId: 'penerima-2' })
    const front = await (await mall.frontDesk('penerima-2')).changes()
    await front.untilCaughtUp()
    counter.recordCall(grant)
    await counter.push()
    const heard = await front.take(2)
    expect(heard.find(({ kind }) => kind === 'call')).toMatchObject({ ...refOf(grant), calledAt: MORNING })
    expect(reader.unread).toBe(0)
    await front.close()
    await reader.close()
  })

  test('may be a front desk; counters outside the zone are not heard', async () => {
    const { mall, counter, grant, reader } = await prepare({ speakerId: 'penerima-2', counterIds: ['polres-1'] })
    const other = await mall.frontDesk('penerima-2')
    const front = await other.changes()
    await front.untilCaughtUp()
    counter.recordCall(grant)
    await counter.push()
    expect(await front.next()).toMatchObject({ kind: 'queue' })
    expect([front.unread, reader.unread]).toEqual([0, 0])
    await front.close()
    await reader.close()
  })
})

/** A number that an officer calls by name: from nobody's hand, from another's, and when it cannot be had. */
import { describe, expect, test } from 'vitest'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { HOLDERS_ANSWER, TestMall, type TestMallOptions } from '#tests/server/support/test-mall.ts'

/** `one` holds D-001 to D-003, `two` the next three, and D-007 is nobody's. */
async function sevenWaiting(options: TestMallOptions = { recallMs: HOLDERS_ANSWER }) {
  const mall = await TestMall.start(options)
  const desk = await mall.frontDesk()
  const one = await mall.counter('dukcapil-1')
  const two = await mall.counter('dukcapil-2')
  await one.open()
  await two.open()
  const visits = new Map<string, { visitId: string; entryNo: number }>()
  for (let n = 1; n <= 7; n += 1) {
    visits.set(`D-00${n}`, { visitId: desk.recordIssue(`D-00${n}`, 'ktp'), entryNo: 1 })
  }
  await desk.push()
  await mall.hear(one, two)
  const heldBy = async (device: TestDevice) =>
    (await mall.entries()).filter((entry) => entry.device_id === device.id && entry.status === 'waiting')
  const refOf = (label: string) => {
    const ref = visits.get(label)
    if (!ref) throw new Error(`${label} was not issued`)
    return ref
  }
  return { mall, desk, one, two, heldBy, refOf }
}

async function answering(device: TestDevice, answer: Parameters<TestDevice['answer']>[1]) {
  const reader = await device.changes()
  await reader.untilCaughtUp()
  const answered = (async () => {
    for (;;) {
      const change = await reader.next()
      if (change.kind !== 'recalled') continue
      await device.answer(change, answer)
      return change
    }
  })()
  return { answered, close: () => reader.close() }
}

describe('a wanted number', () => {
  test('that nobody holds is granted at once, above a full hand, and the same again when asked again', async () => {
    const { one, refOf, heldBy } = await sevenWaiting()
    const reply = await one.want(refOf('D-007'))
    expect(reply).toMatchObject({ kind: 'granted', grant: { label: 'D-007' } })
    expect(await one.want(refOf('D-007'))).toEqual(reply)
    expect(await heldBy(one)).toHaveLength(4)
  })

  test('in another hand is given back and granted in the same moment, the last in line as well as the first', async () => {
    const { one, two, heldBy } = await sevenWaiting()
    const last = (await heldBy(two)).at(-1)
    if (!last) throw new Error('the other hand is empty')
    const holder = await answering(two, 'released')
    expect(await one.want({ visitId: last.visit_id, entryNo: 1 })).toMatchObject({
      kind: 'granted',
      grant: { label: last.label },
    })
    await holder.answered
    await holder.close()
    expect((await heldBy(one)).map(({ label }) => label)).toContain(last.label)
  })

  test('that its holder has called stays there, and the answer says where', async () => {
    const { one, two } = await sevenWaiting()
    const [grant] = await two.grants()
    if (!grant) throw new Error('the other hand is empty')
    two.recordCall(grant)
    await two.push()
    expect(await one.want(grant)).toEqual({ kind: 'in_service', counterId: 'dukcapil-2' })

    two.recordServing(grant)
    two.recordDone(grant)
    await two.push()
    expect(await one.want(grant)).toEqual({ kind: 'gone' })
  })

  test('that its holder serves by the time it is asked stays there', async () => {
    const { one, two, heldBy } = await sevenWaiting()
    const [held] = await heldBy(two)
    const holder = await answering(two, 'in_service')
    expect(await one.want({ visitId: held?.visit_id ?? '', entryNo: 1 })).toEqual({
      kind: 'in_service',
      counterId: 'dukcapil-2',
    })
    await holder.close()
  })

  test('in the hand of a counter that is silent, or not healthy, stays there', async () => {
    const { mall, one, two, heldBy } = await sevenWaiting({})
    const [held] = await heldBy(two)
    const ref = { visitId: held?.visit_id ?? '', entryNo: 1 }
    expect(await one.want(ref)).toEqual({ kind: 'holder_silent', counterId: 'dukcapil-2' })
    expect((await heldBy(two)).map(({ recall_for }) => recall_for)).not.toContain(one.id)

    mall.now += 60_000
    expect(await one.want(ref)).toEqual({ kind: 'holder_silent', counterId: 'dukcapil-2' })
    expect(await two.told('recalled')).toHaveLength(1)
  })

  test('of another service, or transferred to another counter, is not had here', async () => {
    const { mall, desk, one, two, heldBy } = await sevenWaiting()
    const [held] = await heldBy(one)
    const letter = await desk.issue('P-001', 'hilang')
    expect(await one.want({ visitId: letter, entryNo: 1 })).toEqual({ kind: 'not_here', counterId: null })

    const grant = (await one.grants()).find(({ visitId }) => visitId === held?.visit_id)
    if (!grant) throw new Error('nothing was granted')
    one.recordCall(grant)
    const { visitId, entryNo } = grant
    const data = { visitId, entryNo, toServiceId: 'ktp', toCounterId: 'dukcapil-3', toEntryNo: 2, served: null }
    one.record({ type: 'entry.transferred', data })
    await one.push()
    expect(await two.want({ visitId, entryNo: 2 })).toEqual({ kind: 'not_here', counterId: 'dukcapil-3' })
    expect(await two.want({ visitId, entryNo: 1 })).toEqual({ kind: 'gone' })
    expect(await mall.entries()).toContainEqual(
      expect.objectContaining({ visit_id: visitId, entry_no: 2, device_id: null }),
    )
  })

  test('that never was is gone, and a counter that is not open asks in vain', async () => {
    const { one, refOf } = await sevenWaiting()
    expect(await one.want({ visitId: '00000000-0000-4000-8000-000000000001', entryNo: 1 })).toEqual({ kind: 'gone' })
    const epoch = one.epoch
    one.epoch = 99
    const { body } = await one.call('/v1/hands/wanted', { epoch: 99, ...refOf('D-007') })
    expect(body).toMatchObject({ code: 'COUNTER_NOT_OPEN' })
    one.epoch = epoch
  })

  test('asked for by two counters at once is had by one of them', async () => {
    const { one, two, refOf } = await sevenWaiting({})
    const kinds = (await Promise.all([one.want(refOf('D-007')), two.want(refOf('D-007'))])).map(({ kind }) => kind)
    expect(kinds.toSorted()).toEqual(['granted', 'holder_silent'])
  })
})

test('a call out of turn is remembered with its reason, and the ratio of the dealer goes on as if it had not been', async () => {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const one = await mall.counter('dukcapil-1')
  const two = await mall.counter('dukcapil-2')
  await one.open()
  await two.open()
  await mall.hear(one, two)
  desk.recordIssue('D-001', 'ktp', { priority: 'elderly' })
  await desk.push()
  const first = (await one.grants()).concat(await two.grants())[0]
  const holder = (await one.grants()).length > 0 ? one : two
  if (!first) throw new Error('nothing was granted')
  holder.recordCall(first)
  await holder.push()
  for (let n = 2; n <= 9; n += 1) desk.recordIssue(`D-00${n}`, 'ktp', n % 2 === 0 ? { priority: 'elderly' } : {})
  await desk.push()
  // One priority called in turn: two regular ones are due. Another priority out of turn changes nothing in that.
  const wanted = (await holder.grants()).find(({ priority, visitId }) => priority !== null && visitId !== first.visitId)
  if (!wanted) throw new Error('no priority entry in the hand')
  holder.recordServing(first)
  holder.recordDone(first)
  holder.recordCall(wanted, 'companion')
  holder.recordServing(wanted)
  holder.recordDone(wanted)
  expect((await holder.push()).findings).toEqual([])

  const [next] = await holder.improve()
  expect(next?.priority).toBeNull()
  expect(await mall.entries()).toContainEqual(
    expect.objectContaining({ visit_id: wanted.visitId, out_of_order: 'companion', status: 'completed' }),
  )
})

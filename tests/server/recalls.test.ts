/** Entries that are asked back from healthy counters, by improve and when a counter opens. */
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { HOLDERS_ANSWER, TestMall, type TestMallOptions } from '#tests/server/support/test-mall.ts'

/** `one` holds D-001; `two` holds nothing and could serve it. */
async function twoHands(options: TestMallOptions = { recallMs: HOLDERS_ANSWER }) {
  const mall = await TestMall.start(options)
  const desk = await mall.frontDesk()
  const one = await mall.counter('dukcapil-1')
  const two = await mall.counter('dukcapil-2')
  await one.open()
  await two.open()
  await desk.issue('D-001', 'ktp')
  const [first] = await one.grants()
  if (!first) throw new Error('nothing was granted')
  await mall.hear(one, two)
  return { mall, desk, one, two, first }
}

/** `one` has answered that it lets go, before any of its facts came, and `two` has the entry. */
async function wentOver() {
  const hands = await twoHands()
  const holder = await answering(hands.one, 'released')
  expect(await hands.two.improve()).toHaveLength(1)
  await holder.close()
  const { visitId, entryNo } = hands.first
  return { ...hands, visitId, entryNo }
}

const heldBy = async (mall: TestMall, { id }: TestDevice) =>
  (await mall.entries()).filter((entry) => entry.device_id === id).map((entry) => entry.label)

/** Answers each recall that comes, as a workstation does. */
async function answering(device: TestDevice, answer: Parameters<TestDevice['answer']>[1]) {
  const reader = await device.changes()
  await reader.untilCaughtUp()
  const answered = (async () => {
    for (;;) {
      const change = await reader.next()
      if (change.kind === 'recalled') {
        await device.answer(change, answer)
        return change
      }
    }
  })()
  // Who fails before awaiting it has failed once, not twice.
  answered.catch(() => {})
  return { answered, close: () => reader.close() }
}

describe('improving with an entry in another hand', () => {
  test('grants what its holder gives back, in the same moment and to nobody else', async () => {
    const { mall, one, two, first } = await twoHands()
    const holder = await answering(one, 'released')
    const grants = await two.improve()

    expect(grants).toMatchObject([{ label: 'D-001', grant: { n: first.grant.n + 1 } }])
    expect(await holder.answered).toEqual({ kind: 'recalled', visitId: first.visitId, entryNo: 1, grant: first.grant })
    expect(await mall.entries()).toMatchObject([{ device_id: two.id, recall_asked_at: null, recall_for: null }])
    await holder.close()

    one.recordReleased(first)
    expect((await one.push()).findings).toEqual([])
    expect(await mall.entries()).toMatchObject([{ device_id: two.id }])
  })

  test('fills up the hand that gave it back, and no other', async () => {
    const { mall, desk, one, two } = await twoHands()
    // Three for each hand, the longest waiting in the first one; two more wait with the dealer.
    for (const label of ['D-002', 'D-003', 'D-004', 'D-005', 'D-006', 'D-007', 'D-008']) await desk.issue(label, 'ktp')
    const before = { one: await heldBy(mall, one), two: await heldBy(mall, two) }
    expect([before.one.length, before.two.length]).toEqual([3, 3])
    expect(before.one).toContain('D-001')
    const holder = await answering(one, 'released')
    expect(await two.improve()).toMatchObject([{ label: 'D-001' }])
    await holder.answered
    await holder.close()

    const left = before.one.filter((label) => label !== 'D-001')
    expect((await heldBy(mall, one)).toSorted()).toEqual([...left, 'D-007'].toSorted())
    expect((await heldBy(mall, two)).toSorted()).toEqual([...before.two, 'D-001'].toSorted())
  })

  test('counts what never arrived as given back', async () => {
    const { one, two } = await twoHands()
    const holder = await answering(one, 'never_seen')

    expect(await two.improve()).toMatchObject([{ label: 'D-001' }])
    await holder.close()
  })

  test('goes without it when the holder serves it, and does not ask for it again', async () => {
    const { mall, one, two } = await twoHands()
    const holder = await answering(one, 'in_service')
    expect(await two.improve()).toEqual([])
    await holder.close()
    expect(await mall.entries()).toMatchObject([{ device_id: one.id, recall_answer: 'in_service', recall_for: null }])

    await two.improve()
    expect(await one.told('recalled')).toHaveLength(1)
  })

  test('after an answer of no asks for the next best', async () => {
    const mall = await TestMall.start({ recallMs: HOLDERS_ANSWER })
    const desk = await mall.frontDesk()
    const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
    await one.open()
    desk.recordIssue('D-001', 'ktp')
    desk.recordIssue('D-002', 'ktp')
    await desk.push()
    await two.open()
    await mall.hear(one, two)
    const reader = await one.changes()
    const improved = two.improve()
    for (const answer of ['gone', 'released'] as const) {
      let change = await reader.next()
      while (change.kind !== 'recalled') change = await reader.next()
      await one.answer(change, answer)
    }

    expect(await improved).toMatchObject([{ label: 'D-002' }])
    await reader.close()
  })

  test('answers within its time when the holder is silent; the late answer frees the entry and it is dealt as usual', async () => {
    const { mall, one, two, first } = await twoHands({})
    const began = performance.now()
    expect(await two.improve()).toEqual([])
    expect(performance.now() - began).toBeLessThan(1_500)
    expect(await mall.entries()).toMatchObject([{ device_id: one.id, recall_for: null }])

    await two.act({ type: 'counter.closed', data: { counterId: 'dukcapil-2', epoch: 1 } })
    expect((await one.answer(first, 'released')).status).toBe(200)
    expect(await mall.entries()).toMatchObject([{ device_id: one.id, grant_n: first.grant.n + 1 }])
  })

  test('takes what nobody holds when the better one’s holder is silent', async () => {
    const { mall, desk, one, two } = await twoHands({})
    await one.act({ type: 'counter.paused', data: { counterId: 'dukcapil-1', epoch: 1, reason: 'break' } })
    for (let n = 2; n <= 4; n += 1) desk.recordIssue(`D-00${n}`, 'ktp')
    await desk.push()
    one.recordSession('resumed')
    await one.push()
    await desk.issue('D-800', 'ktp', { priority: 'elderly' })
    desk.recordIssue('D-005', 'ktp')
    desk.recordIssue('D-006', 'ktp')
    await desk.push()
    await desk.issue('D-900', 'ktp', { priority: 'elderly' })
    expect(await heldBy(mall, two)).toEqual(['D-002', 'D-003', 'D-004'])
    expect(await heldBy(mall, one)).toEqual(['D-001', 'D-800', 'D-005'])

    expect(await two.improve()).toMatchObject([{ label: 'D-900' }])
    expect(await one.told('recalled')).toHaveLength(1)
  })

  test.each([
    [
      'was not heard of lately',
      async (mall: TestMall) => {
        mall.now += 11_000
      },
    ],
    [
      'spoke in another session',
      (mall: TestMall, one: TestDevice) =>
        mall.db.updateTable('device').set({ heartbeat_epoch: 9 }).where('id', '=', one.id).execute(),
    ],
    [
      'has not adopted this incarnation',
      (mall: TestMall, one: TestDevice) =>
        mall.db.updateTable('device').set({ heartbeat_incarnation: 9 }).where('id', '=', one.id).execute(),
    ],
  ])('asks nothing of a counter that %s', async (_why, change) => {
    const { mall, one, two } = await twoHands()
    await change(mall, one)

    expect(await two.improve()).toEqual([])
    expect(await one.told('recalled')).toEqual([])
  })

  test('asks for nothing that ranks behind the own hand', async () => {
    const { mall, desk, one, two } = await twoHands()
    await desk.issue('D-002', 'ktp')
    expect(await heldBy(mall, two)).toEqual(['D-002'])

    expect(await one.improve()).toMatchObject([{ label: 'D-001' }])
    expect(await two.told('recalled')).toEqual([])
  })

  test('two counters that want the same entry do not both get it', async () => {
    const { mall, one, two } = await twoHands()
    const three = await mall.counter('dukcapil-3')
    await three.open()
    await mall.hear(three)
    const holder = await answering(one, 'released')
    const [a, b] = await Promise.all([two.improve(), three.improve()])

    expect([...a, ...b]).toHaveLength(1)
    await holder.close()
  })
})

describe('an answer', () => {
  test('about an older grant, of another device or of an unknown entry changes nothing', async () => {
    const { mall, one, two, first } = await twoHands()
    const before = await mall.entries()
    const old = { ...first, grant: { incarnation: 1, n: first.grant.n + 5 } }
    for (const answer of [one.answer(old, 'released'), two.answer(first, 'released')]) {
      expect((await answer).status).toBe(200)
    }
    expect((await one.answer({ ...first, visitId: one.id }, 'released')).status).toBe(200)

    expect(await mall.entries()).toEqual(before)
  })

  test('makes history of acts under that grant that come later', async () => {
    const { mall, one, two, first, visitId, entryNo } = await wentOver()
    one.recordCall(first)
    one.recordServing(first)
    one.record({ type: 'entry.returned', data: { visitId, entryNo } })
    one.recordReleased(first)

    expect((await one.push()).findings).toEqual([])
    expect(await mall.entries()).toMatchObject([{ status: 'waiting', device_id: two.id }])
    expect(await two.told('superseded')).toEqual([])
  })
})

describe('an answer that overtakes the facts behind it', () => {
  test('leaves a call that was taken back and let go of without a remark', async () => {
    const { mall, one, two, first, visitId, entryNo } = await wentOver()
    one.recordCall(first)
    one.record({ type: 'entry.call_undone', data: { visitId, entryNo } })
    one.recordReleased(first)

    expect((await one.push()).findings).toEqual([])
    expect(await mall.entries()).toMatchObject([{ status: 'waiting', device_id: two.id }])
  })

  test('leaves what was served, sent back and let go of without a remark, but not a call after that', async () => {
    const { mall, one, two, first, visitId, entryNo } = await wentOver()
    one.recordCall(first)
    one.record({ type: 'entry.serving', data: { visitId, entryNo } })
    one.record({ type: 'entry.returned', data: { visitId, entryNo } })
    one.recordCall(first)
    one.record({ type: 'entry.no_show', data: { visitId, entryNo, calls: 1 } })
    one.record({ type: 'entry.called_back', data: { visitId, entryNo } })
    one.record({ type: 'entry.call_undone', data: { visitId, entryNo } })
    one.recordReleased(first)

    expect((await one.push()).findings).toEqual([])
    expect(await mall.entries()).toMatchObject([{ status: 'waiting', device_id: two.id }])
    one.recordCall(first)
    expect((await one.push()).findings.map(({ code }) => code)).toContain('VOID_GRANT')
  })

  test('keeps the remark on a call that stands after one that was taken back', async () => {
    const { one, first, visitId, entryNo } = await wentOver()
    one.recordCall(first)
    one.record({ type: 'entry.call_undone', data: { visitId, entryNo } })
    one.recordCall(first)

    expect((await one.push()).findings.map(({ code }) => code)).toContain('VOID_GRANT')
  })
})

describe('when a counter opens', () => {
  const bySeq = (a: Grant, b: Grant) => a.order - b.order

  test('what a healthy one holds beyond three is asked back, the last ranked first, and dealt to the new one', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
    await one.open()
    for (let n = 1; n <= 6; n += 1) desk.recordIssue(`D-00${n}`, 'ktp')
    desk.recordIssue('K-01', 'kk')
    await desk.push()
    await mall.hear(one)
    await two.open()

    const hand = (await one.grants()).toSorted(bySeq)
    const recalled = await one.told('recalled')
    expect(recalled.map(({ visitId }) => hand.find((grant) => grant.visitId === visitId)?.label)).toEqual([
      'D-006',
      'D-005',
      'D-004',
    ])
    for (const recall of recalled) await one.answer(recall, 'released')
    expect((await two.grants()).map(({ label }) => label).toSorted()).toEqual(['D-004', 'D-005', 'D-006'])
  })

  test('or goes on after a pause', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
    await one.open()
    await two.open()
    two.recordPaused()
    await two.push()
    for (let n = 1; n <= 5; n += 1) desk.recordIssue(`D-00${n}`, 'ktp')
    await desk.push()
    expect(await one.grants()).toHaveLength(5)
    expect(await two.grants()).toEqual([])
    await mall.hear(one)
    two.recordSession('resumed')
    await two.push()

    expect(await one.told('recalled')).toHaveLength(2)
  })

  test('an unreachable one keeps what it has', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
    await one.open()
    for (let n = 1; n <= 6; n += 1) desk.recordIssue(`D-00${n}`, 'ktp')
    await desk.push()
    await two.open()

    expect(await one.told('recalled')).toEqual([])
    expect(await two.grants()).toEqual([])
  })
})

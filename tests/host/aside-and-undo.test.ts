/** What the screen is told of entries that were set aside, and of the step that can be taken back. */
import { describe, expect, it } from 'vitest'
import { DeskSnapshot } from '#contract/snapshot.ts'
import { buildDeskSnapshot } from '#main/host/snapshot.ts'
import { WITHHOLD_MS } from '#main/host/withhold.ts'
import { findingsOf, openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

const snapshotOf = (desk: TestDesk) => DeskSnapshot.parse(buildDeskSnapshot(desk.context, 1, null))

async function callNext(desk: TestDesk) {
  const { data } = await desk.call('queue.callNext')
  return data as { visitId: string; entryNo: number }
}

describe('what was set aside', () => {
  it('stands there with its reason and since when, on hold before absent, until it is taken up again', async () => {
    const desk = openTestDesk()
    for (const n of [1, 2, 3]) desk.grant(n)
    const absent = await callNext(desk)
    await desk.call('queue.callAgain', absent)
    await desk.call('queue.noShow', absent)
    desk.clock.pass(60_000)
    const held = await callNext(desk)
    await desk.call('queue.hold', { ...held, reason: 'payment' })
    const since = desk.clock.wall
    desk.clock.pass(60_000)

    expect(snapshotOf(desk).aside).toMatchObject([
      { ...held, status: 'on_hold', reason: 'payment', since, calls: 1, label: 'SK-002' },
      { ...absent, status: 'no_show', reason: null, since: since - 60_000, calls: 2, label: 'SK-001' },
    ])
    await desk.call('queue.resume', held)
    expect(snapshotOf(desk).aside).toMatchObject([absent])
    expect(desk.repositories.entries.get(held)?.hold).toBeNull()
    await desk.call('queue.complete', { ...held, outcome: 'delivered', paymentReference: null })
    await desk.call('queue.cancel', { ...absent, reason: 'visitor_left' })
    expect(snapshotOf(desk).aside).toEqual([])
    expect(findingsOf(desk)).toEqual([])
  })

  it('counts among the called of its day, as do a number given back and one that was cancelled', async () => {
    const desk = openTestDesk()
    for (const n of [1, 2]) desk.grant(n)
    const called = () => snapshotOf(desk).today.called
    const first = await callNext(desk)
    expect(called()).toBe(1)
    await desk.call('queue.hold', { ...first, reason: 'payment' })
    expect(called()).toBe(1)
    await desk.call('queue.cancel', { ...first, reason: 'visitor_left' })
    expect(called()).toBe(1)
    await desk.call('queue.returnToQueue', await callNext(desk))
    expect(called()).toBe(2)
    await callNext(desk)
    expect(called(), 'a number that is called twice is one').toBe(2)
    desk.clock.pass(24 * 3_600_000)
    expect(called()).toBe(0)
  })

  it('from another day is still on hold, while the absent of that day are past', async () => {
    const desk = openTestDesk()
    for (const n of [1, 2]) desk.grant(n)
    await desk.call('queue.noShow', await callNext(desk))
    const held = await callNext(desk)
    await desk.call('queue.hold', { ...held, reason: 'awaiting_result' })
    desk.clock.pass(24 * 3_600_000)
    expect(snapshotOf(desk).aside).toMatchObject([{ ...held, isOfToday: false }])
  })

  it('is settled at closing once, and of an earlier day not by the queue', async () => {
    const desk = openTestDesk()
    desk.grant(1)
    const held = await callNext(desk)
    await desk.call('queue.hold', { ...held, reason: 'awaiting_result' })
    expect(snapshotOf(desk).aside).toMatchObject([{ ...held, isOfToday: true }])
    const close = (...settle: object[]) => desk.call('counter.close', { settle })
    const cancel = { ...held, to: 'cancel' }
    expect(await close(cancel, { ...held, to: 'return' })).toMatchObject({ ok: false, code: 'BAD_INPUT' })
    desk.clock.pass(24 * 3_600_000)
    desk.facts()
    expect(await close({ ...held, to: 'return' })).toMatchObject({ ok: false, code: 'STALE_SCREEN' })
    expect(await close(cancel)).toMatchObject({ ok: true })
    expect(desk.facts().map(({ type }) => type)).toEqual(['entry.cancelled', 'counter.closed'])
    expect(findingsOf(desk)).toEqual([])
  })
})

describe('the step that can be taken back', () => {
  it('is a call until the visitor has arrived, also after a restart', async () => {
    const desk = openTestDesk()
    desk.grant(1)
    expect(snapshotOf(desk).undo).toBeNull()
    const called = await callNext(desk)
    expect(snapshotOf(desk).undo).toEqual({ kind: 'call', label: 'SK-001' })
    desk.store.close()
    const again = openTestDesk({ folder: desk.folder })
    expect(snapshotOf(again).undo).toEqual({ kind: 'call', label: 'SK-001' })
    await again.call('queue.startServing', called)
    expect(snapshotOf(again).undo).toBeNull()
  })

  it.each([
    ['forward', 'queue.forward', { toServiceId: 'ktp-el-baru', handsOver: null }],
    ['transfer', 'queue.transfer', { toServiceId: 'ktp-el-baru', toCounterId: null }],
  ] as const)('is a %s for eight seconds, but not after a restart', async (kind, method, to) => {
    const desk = openTestDesk()
    for (const n of [1, 2]) desk.grant(n)
    await desk.call(method, { ...(await callNext(desk)), ...to })
    const until = desk.clock.wall + WITHHOLD_MS
    desk.clock.pass(3_000)
    expect(snapshotOf(desk).undo).toEqual({ kind, label: 'SK-001', until })
    desk.clock.pass(WITHHOLD_MS - 3_000)
    expect(snapshotOf(desk).undo).toBeNull()

    await desk.call(method, { ...(await callNext(desk)), ...to })
    expect(snapshotOf(desk).undo).toMatchObject({ kind, label: 'SK-002' })
    desk.store.close()
    expect(snapshotOf(openTestDesk({ folder: desk.folder })).undo).toBeNull()
  })

  it('is a release of a number that was never called', async () => {
    const desk = openTestDesk()
    await desk.call('queue.release', desk.grant(1))
    expect(snapshotOf(desk).undo).toMatchObject({ kind: 'release', label: 'SK-001' })
    await desk.call('queue.undo')
    expect(snapshotOf(desk)).toMatchObject({ undo: null, waiting: [{ label: 'SK-001', mine: true }] })
  })
})

/** What the server tells: grants, recalls, conflicts, sessions, and what a program that is too old does with the rest. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { DeviceConfig } from '#contract/mall-config.ts'
import type { Change } from '#contract/wire/changes.ts'
import { beforeContact } from '#main/host/sync/steps/before-contact.ts'
import { replayParked, takeChanges } from '#main/host/sync/steps/take-changes.ts'
import { takeConfig } from '#main/host/sync/steps/take-config.ts'
import { findingsOf, grantOf, openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

const OTHER = 'ffffffff-0000-4000-8000-000000000009'
const ref = (n: number) => ({ visitId: grantOf(n).visitId, entryNo: 1 })
const granted = (n: number, grant = n): Change => ({
  kind: 'granted',
  grant: { ...grantOf(n), grant: { incarnation: 1, n: grant } },
})
const recalled = (n: number, grant = n): Change => ({
  kind: 'recalled',
  ...ref(n),
  grant: { incarnation: 1, n: grant },
})
const superseded = (n: number, strength: 1 | 2 | 3, grant = { incarnation: 1, n: 99 }): Change => ({
  ...{ kind: 'superseded', ...ref(n), counterId: 'polres-2' },
  claim: { strength, grant, deviceId: OTHER },
})

let cursor = 0
function take({ context }: TestDesk, ...changes: Change[]) {
  return takeChanges(
    context,
    changes.map((change) => ({ cursor: ++cursor, change })),
  ).answers.map(({ answer }) => answer)
}
const stateOf = ({ repositories }: TestDesk, n: number) => repositories.hand.get(ref(n))?.state

describe('the disk', () => {
  it.each<[string, Change, 'told' | 'lasting']>([
    ['a recall', recalled(1), 'lasting'],
    ["another's stronger claim", superseded(1, 3), 'lasting'],
    ['the end of its session', { kind: 'session_over', counterId: 'polres-1', epoch: 1 }, 'lasting'],
    ['a grant', granted(1), 'told'],
    ['a note', { kind: 'noted', visitId: grantOf(1).visitId }, 'told'],
  ])(
    'has %s before anything else, when the desk gives up something with it: else the server tells it again',
    (_what, change, how) => {
      const desk = openTestDesk()
      const takeTold = vi.spyOn(desk.store, 'takeTold')
      take(desk, granted(2), change)
      expect(takeTold).toHaveBeenCalledTimes(how === 'told' ? 1 : 0)
    },
  )
})

describe('a recall', () => {
  it('of what is held releases it, once, however often it is asked', () => {
    const desk = openTestDesk()
    take(desk, granted(1))
    expect(take(desk, recalled(1))).toEqual(['released'])
    expect(take(desk, recalled(1), granted(1))).toEqual(['released'])
    expect(desk.facts()).toMatchObject([{ type: 'entry.released', data: { grant: { incarnation: 1, n: 1 } } }])
    expect(stateOf(desk, 1)).toBe('released')
  })

  it('of what is at the desk, on hold or done says so', async () => {
    const desk = openTestDesk()
    take(desk, granted(1))
    await desk.call('queue.callNext')
    expect(take(desk, recalled(1))).toEqual(['in_service'])
    await desk.call('queue.hold', { ...ref(1), reason: 'other' })
    expect(take(desk, recalled(1))).toEqual(['in_service'])
    await desk.call('queue.cancel', { ...ref(1), reason: 'other' })
    expect(take(desk, recalled(1))).toEqual(['gone'])
  })

  it('of what expired at midnight says that it is gone: the fact of its end is on its way', async () => {
    const desk = openTestDesk()
    take(desk, granted(1))
    desk.clock.pass(24 * 3_600_000)
    await desk.call('queue.callNext')
    expect(take(desk, recalled(1))).toEqual(['gone'])
    expect(desk.facts()).toMatchObject([{ type: 'entry.expired' }])
  })

  it('or a grant of it that comes after all stops nothing', async () => {
    const desk = openTestDesk()
    take(desk, granted(1))
    await desk.call('queue.callNext')
    await desk.call('queue.returnToQueue', ref(1))
    desk.clock.pass(24 * 3_600_000)
    await desk.call('queue.callNext')
    take(desk, granted(1, 5))
    expect(await desk.call('queue.callNext')).toMatchObject({ code: 'NOTHING_WAITING' })
    take(desk, granted(1, 6))
    await desk.call('counter.close')
    take(desk, granted(1, 7))
    expect(desk.facts().map(({ type }) => type)).toEqual([
      ...['entry.called', 'entry.returned', 'entry.expired', 'entry.expired'],
      ...['entry.expired', 'counter.closed', 'entry.released'],
    ])
    expect(stateOf(desk, 1)).toBe('released')
    expect(findingsOf(desk)).toEqual([])
  })

  it('of what never arrived makes that grant void for good, and of what came again by a later one does not touch it', () => {
    const desk = openTestDesk()
    expect(take(desk, recalled(1, 5), granted(1, 5))).toEqual(['never_seen'])
    expect(stateOf(desk, 1)).toBeUndefined()
    take(desk, granted(1, 6))
    expect(take(desk, recalled(1, 5))).toEqual(['gone'])
    expect(stateOf(desk, 1)).toBe('held')
  })

  it('of a later grant than the one it is held under gives it back all the same', () => {
    const desk = openTestDesk()
    take(desk, granted(1, 3))
    expect(take(desk, recalled(1, 5), granted(1, 5))).toEqual(['released'])
    expect(desk.facts()).toMatchObject([{ data: { grant: { incarnation: 1, n: 3 } } }])
    expect(stateOf(desk, 1)).toBe('released')
  })

  it('ends the time in which a release could be taken back', async () => {
    const desk = openTestDesk()
    take(desk, granted(1))
    await desk.call('queue.release', ref(1))
    expect(take(desk, recalled(1))).toEqual(['released'])
    expect(await desk.call('queue.undo')).toMatchObject({ code: 'NOTHING_TO_UNDO' })
  })

  it('and grants in any order and number never revive what was given back, and what is said stays true', () => {
    const steps = fc.array(fc.record({ isRecall: fc.boolean(), n: fc.integer({ min: 1, max: 4 }) }), {
      minLength: 1,
      maxLength: 25,
    })
    let visit = 100
    const desk = openTestDesk()
    fc.assert(
      fc.property(steps, (list) => {
        visit += 1
        const gone = new Set<number>()
        for (const { isRecall, n } of list) {
          const [answer] = take(desk, isRecall ? recalled(visit, n) : granted(visit, n))
          if (answer) for (let m = 1; m <= n; m += 1) gone.add(m)
          const row = desk.repositories.hand.get(ref(visit))
          if (row?.state === 'held') expect(gone.has(row.grant.n)).toBe(false)
        }
      }),
      { numRuns: 60 },
    )
    expect(findingsOf(desk)).toEqual([])
  })
})

describe("another counter's claim", () => {
  it('takes a waiting entry out of the hand without an act, and keeps a grant that is still on the way out of it', () => {
    const desk = openTestDesk()
    take(desk, granted(1), superseded(1, 2), superseded(2, 2), granted(2))
    expect(desk.facts()).toEqual([])
    expect([stateOf(desk, 1), stateOf(desk, 2)]).toEqual(['void', undefined])
    take(desk, granted(1, 120))
    expect(stateOf(desk, 1)).toBe('held')
  })

  it('closes what is at the desk by an event, but only when it outranks', async () => {
    const desk = openTestDesk()
    take(desk, granted(1))
    await desk.call('queue.callNext')
    await desk.call('queue.startServing', ref(1))
    desk.facts()
    take(desk, superseded(1, 2))
    expect(desk.facts()).toEqual([])
    take(desk, superseded(1, 3))
    expect(desk.facts()).toMatchObject([{ type: 'entry.superseded', data: { byCounterId: 'polres-2' } }])
    expect(desk.repositories.entries.current()).toBeNull()
    take(desk, superseded(1, 3))
    expect(desk.facts()).toEqual([])
    // It may come again, by a later grant only.
    take(desk, granted(1, 1), granted(1, 200))
    expect(await desk.call('queue.callNext')).toMatchObject({ ok: true })
    expect(findingsOf(desk)).toEqual([])
  })

  it('changes nothing about what was finished here', async () => {
    const desk = openTestDesk()
    take(desk, granted(1))
    await desk.call('queue.callNext')
    await desk.call('queue.startServing', ref(1))
    await desk.call('queue.complete', { ...ref(1), outcome: 'delivered', paymentReference: null })
    desk.facts()
    take(desk, superseded(1, 3))
    expect(desk.facts()).toEqual([])
  })
})

describe('sessions', () => {
  it('that are over give everything back, close, and leave who is at the desk to be finished', async () => {
    const desk = openTestDesk()
    take(desk, granted(1), granted(2))
    await desk.call('queue.callNext')
    desk.facts()
    take(desk, { kind: 'session_over', counterId: 'polres-1', epoch: 1 })
    expect(desk.facts().map(({ type }) => type)).toEqual(['entry.released', 'counter.closed'])
    expect(await desk.call('counter.open')).toMatchObject({ code: 'COUNTER_NEEDS_SERVER' })
    await desk.call('queue.startServing', ref(1))
    expect(
      await desk.call('queue.complete', { ...ref(1), outcome: 'delivered', paymentReference: null }),
    ).toMatchObject({ ok: true })
  })

  it('of others, or older than the present one, change nothing', () => {
    const desk = openTestDesk()
    desk.store.transaction(() => desk.repositories.desk.set({ counter: { counterId: 'polres-1', epoch: 4 } }))
    take(desk, granted(1), { kind: 'session_over', counterId: 'polres-1', epoch: 3 })
    take(desk, { kind: 'session_over', counterId: 'polres-2', epoch: 9 })
    expect([desk.facts(), stateOf(desk, 1)]).toEqual([[], 'held'])
  })

  it('closed while cut off give the hand back just before the first contact, unless they were opened again', async () => {
    const [closed, opened] = [openTestDesk(), openTestDesk()]
    for (const desk of [closed, opened]) {
      take(desk, granted(1))
      await desk.call('counter.close')
    }
    await opened.call('counter.open')
    for (const desk of [closed, opened]) beforeContact(desk.context)
    expect([stateOf(closed, 1), stateOf(opened, 1)]).toEqual(['released', 'held'])
    // A grant that crosses the closing goes back as well.
    take(closed, granted(2))
    expect(stateOf(closed, 2)).toBe('released')
  })
})

describe('a change of a kind that is not known yet', () => {
  it('is kept with its cursor and taken in by a program that knows it', async () => {
    const desk = openTestDesk()
    takeChanges(desk.context, [
      { cursor: 41, unknown: JSON.stringify({ kind: 'weather', sunny: true }) },
      { cursor: 42, unknown: JSON.stringify(granted(1)) },
    ])
    expect(desk.repositories.device.get()?.cursor).toBe(42)
    expect((await replayParked(desk.context)).answers).toEqual([])
    expect(stateOf(desk, 1)).toBe('held')
    expect(desk.repositories.parked.all()).toHaveLength(1)
  })
})

describe('a newer configuration', () => {
  it('that takes a service from the counter gives its entries back together with the change', () => {
    const desk = openTestDesk()
    take(desk, granted(1), granted(2))
    desk.repositories.hand.grant({ ...grantOf(3), serviceId: 'surat-kehilangan', isPriority: false })
    const config = DeviceConfig.parse(desk.context.config())
    const without = config.counters.map((counter) =>
      counter.id === 'polres-1' ? { ...counter, serviceIds: ['surat-kehilangan'] } : counter,
    )
    takeConfig(desk.context, { ...config, version: 2, mall: { ...config.mall, name: 'MPP Baru' } })
    expect(desk.facts()).toEqual([])
    takeConfig(desk.context, { ...config, version: 3, counters: without })
    expect(desk.facts().map(({ type }) => type)).toEqual([
      'entry.released',
      'entry.released',
      'counter.profile_changed',
    ])
    expect(desk.context.config()?.version).toBe(3)
    expect(desk.repositories.hand.allHeld()).toMatchObject([{ serviceId: 'surat-kehilangan' }])
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Dealable, deal, HAND_SIZE, type OpenCounter } from '#domain/deal.ts'
import { FRESH_HISTORY, type RankPolicy } from '#domain/rank.ts'

const POLICY: RankPolicy = { regularPerPriority: 2, ageingMs: 1_800_000 }
const SERVICES = ['a', 'b', 'c', 'd']

const waiting = fc
  .array(fc.record({ serviceId: fc.constantFrom(...SERVICES), isPriority: fc.boolean() }), { maxLength: 25 })
  .map((entries): Dealable[] =>
    entries.map((entry, index) => ({
      ...entry,
      visitId: `v${index}`,
      entryNo: 1,
      order: index + 1,
      waitingSince: index,
      forCounterId: null,
    })),
  )
const counters = fc
  .array(fc.record({ services: fc.subarray(SERVICES, { minLength: 1 }), holding: fc.nat(4) }), { maxLength: 4 })
  .map((list): OpenCounter[] =>
    list.map(({ services, holding }, index) => ({
      counterId: `c${index}`,
      serviceIds: new Set(services),
      paused: false,
      holding,
      history: FRESH_HISTORY,
    })),
  )

const able = (open: readonly OpenCounter[], serviceId: string) => open.filter((one) => one.serviceIds.has(serviceId))

describe('dealing', () => {
  test('grants nobody twice and nobody to a counter that cannot serve', () => {
    fc.assert(
      fc.property(waiting, counters, (entries, open) => {
        const dealt = deal(entries, open, POLICY)
        expect(new Set(dealt.map(({ entry }) => entry.visitId)).size).toBe(dealt.length)
        for (const { entry, counterId } of dealt) {
          expect(able(open, entry.serviceId).map((one) => one.counterId)).toContain(counterId)
        }
      }),
    )
  })

  test('grants an entry that only one open counter can serve at once, full hand or not', () => {
    fc.assert(
      fc.property(waiting, counters, (entries, open) => {
        const dealt = new Set(deal(entries, open, POLICY).map(({ entry }) => entry))
        for (const entry of entries) {
          const servers = able(open, entry.serviceId).length
          if (servers === 1) expect(dealt).toContain(entry)
          if (servers === 0) expect(dealt).not.toContain(entry)
        }
      }),
    )
  })

  test('fills no hand with more contested entries than its size, and leaves none room while something waits', () => {
    fc.assert(
      fc.property(waiting, counters, (entries, open) => {
        const contested = (serviceId: string) => able(open, serviceId).length > 1
        const dealt = deal(entries, open, POLICY)
        const granted = new Set(dealt.map(({ entry }) => entry))
        for (const counter of open) {
          const added = dealt.filter(
            ({ entry, counterId }) => counterId === counter.counterId && contested(entry.serviceId),
          ).length
          expect(added === 0 || counter.holding + added <= HAND_SIZE).toBe(true)
          const left = entries.filter(
            (entry) => counter.serviceIds.has(entry.serviceId) && contested(entry.serviceId) && !granted.has(entry),
          )
          if (left.length > 0) expect(counter.holding + added).toBeGreaterThanOrEqual(HAND_SIZE)
        }
      }),
    )
  })

  test('deals a service from the head of its line: within a class nobody is left behind a later one', () => {
    fc.assert(
      fc.property(waiting, counters, (entries, open) => {
        const granted = new Set(deal(entries, open, POLICY).map(({ entry }) => entry))
        for (const late of granted) {
          const sameLine = entries.filter(
            (one) => one.serviceId === late.serviceId && one.isPriority === late.isPriority && one.order < late.order,
          )
          for (const earlier of sameLine) expect(granted).toContain(earlier)
        }
      }),
    )
  })

  test('an entry for a named counter goes to that counter, or waits', () => {
    fc.assert(
      fc.property(waiting, counters, fc.nat(3), (entries, open, index) => {
        const named = entries.map((entry) => ({ ...entry, forCounterId: `c${index}` }))
        const dealt = deal(named, open, POLICY)
        expect(dealt).toHaveLength(open.length > index ? named.length : 0)
        for (const { counterId } of dealt) expect(counterId).toBe(`c${index}`)
      }),
    )
  })

  test('a counter that pauses gets nothing that another open counter could serve', () => {
    fc.assert(
      fc.property(
        waiting,
        counters,
        fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
        (entries, open, pauses) => {
          const some = open.map((counter, index) => ({ ...counter, paused: pauses[index] ?? false }))
          for (const { entry, counterId } of deal(entries, some, POLICY)) {
            const isPaused = some.find((one) => one.counterId === counterId)?.paused
            if (isPaused) expect(able(some, entry.serviceId)).toHaveLength(1)
          }
        },
      ),
    )
  })

  test('gives every counter one before any gets its second', () => {
    const entries: Dealable[] = [1, 2, 3, 4, 5].map((order) => ({
      visitId: `v${order}`,
      entryNo: 1,
      order,
      waitingSince: order,
      isPriority: false,
      serviceId: 'a',
      forCounterId: null,
    }))
    const open = ['c0', 'c1'].map((counterId) => ({
      counterId,
      serviceIds: new Set(['a']),
      paused: false,
      holding: 0,
      history: FRESH_HISTORY,
    }))

    expect(deal(entries, open, POLICY, 2).map(({ entry, counterId }) => [entry.order, counterId])).toEqual([
      [1, 'c0'],
      [2, 'c1'],
      [3, 'c0'],
      [4, 'c1'],
    ])
  })

  test('changes nothing that it was given', () => {
    fc.assert(
      fc.property(waiting, counters, (entries, open) => {
        const before = structuredClone({ entries, open })
        deal(entries, open, POLICY)
        expect({ entries, open }).toEqual(before)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  afterCall,
  afterUndoneCall,
  callOrder,
  chooseNext,
  FRESH_HISTORY,
  type Ranked,
  type RankPolicy,
} from '#domain/rank.ts'

const POLICY: RankPolicy = { regularPerPriority: 2, ageingMs: 30 * 60_000 }
const NO_AGEING = { ...POLICY, ageingMs: Number.MAX_SAFE_INTEGER }

/** Entries with distinct arrival numbers, as the server gives them. */
const queue = fc
  .array(fc.record({ waitingSince: fc.nat(3_600_000), isPriority: fc.boolean() }), { maxLength: 15 })
  .map((entries): Ranked[] => entries.map((entry, index) => ({ ...entry, order: index + 1 })))
const shuffled = queue.chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))
const history = fc.option(fc.nat(5)).map((regularsSincePriority) => ({ regularsSincePriority }))

const regular = (order: number, waitingSince = 0): Ranked => ({ order, waitingSince, isPriority: false })
const priority = (order: number, waitingSince = 0): Ranked => ({ order, waitingSince, isPriority: true })

describe('who is next', () => {
  test('nobody, when nobody waits', () => {
    expect(chooseNext([], FRESH_HISTORY, POLICY)).toBeNull()
  })

  test('within a class, who has waited longest, then who arrived first', () => {
    fc.assert(
      fc.property(shuffled, history, (entries, past) => {
        const next = chooseNext(entries, past, POLICY)
        const sameClass = entries.filter((entry) => entry.isPriority === next?.isPriority)
        const [first] = sameClass.toSorted((a, b) => a.waitingSince - b.waitingSince || a.order - b.order)
        expect(next).toEqual(first ?? null)
      }),
    )
  })

  test('does not depend on the order in which the entries are listed', () => {
    fc.assert(
      fc.property(shuffled, history, (entries, past) => {
        const sorted = entries.toSorted((a, b) => a.order - b.order)
        expect(chooseNext(entries, past, POLICY)).toBe(chooseNext(sorted, past, POLICY))
      }),
    )
  })

  test('a priority entry first of all, then again after two regular ones', () => {
    const waiting = [regular(1), priority(2)]
    const next = (regularsSincePriority: number | null) => chooseNext(waiting, { regularsSincePriority }, POLICY)?.order

    expect([null, 0, 1, 2, 3].map(next)).toEqual([2, 1, 1, 2, 2])
  })

  test('a regular entry that waits the ageing time longer, whatever the ratio says', () => {
    const { ageingMs } = POLICY
    expect(chooseNext([regular(1, 0), priority(2, ageingMs - 1)], FRESH_HISTORY, POLICY)?.order).toBe(2)
    expect(chooseNext([regular(1, 0), priority(2, ageingMs)], FRESH_HISTORY, POLICY)?.order).toBe(1)
  })
})

describe('the order of calls', () => {
  test('holds every entry once', () => {
    fc.assert(
      fc.property(shuffled, history, (entries, past) => {
        const order = callOrder(entries, past, POLICY).map((entry) => entry.order)
        expect(order.toSorted((a, b) => a - b)).toEqual(entries.map((entry) => entry.order).toSorted((a, b) => a - b))
      }),
    )
  })

  test('keeps the ratio as long as both classes wait', () => {
    fc.assert(
      fc.property(queue, history, (entries, past) => {
        let left = entries
        let now = past
        for (const entry of callOrder(entries, past, NO_AGEING)) {
          const bothWait = left.some((one) => one.isPriority) && left.some((one) => !one.isPriority)
          const due = now.regularsSincePriority === null || now.regularsSincePriority >= POLICY.regularPerPriority
          if (bothWait) expect(entry.isPriority).toBe(due)
          left = left.filter((one) => one !== entry)
          now = afterCall(now, entry.isPriority)
        }
      }),
    )
  })

  test('never lets a regular entry wait for a priority entry that came the ageing time later', () => {
    fc.assert(
      fc.property(queue, history, (entries, past) => {
        const inTime = entries.map((entry, index) => ({ ...entry, waitingSince: index * 10 * 60_000 }))
        const order = callOrder(inTime, past, POLICY)
        for (const [at, late] of order.entries()) {
          const overtaken = order.slice(at + 1).filter((entry) => !entry.isPriority)
          if (!late.isPriority) continue
          for (const entry of overtaken) expect(entry.waitingSince + POLICY.ageingMs).toBeGreaterThan(late.waitingSince)
        }
      }),
    )
  })
})

test('the history counts regular calls since the last priority call, and nothing before the first', () => {
  expect(afterCall(FRESH_HISTORY, false)).toEqual(FRESH_HISTORY)
  expect(afterCall(FRESH_HISTORY, true)).toEqual({ regularsSincePriority: 0 })
  expect(afterCall({ regularsSincePriority: 1 }, false)).toEqual({ regularsSincePriority: 2 })
  expect(afterCall({ regularsSincePriority: 2 }, true)).toEqual({ regularsSincePriority: 0 })
})

test('a call that was a mistake leaves the same one first', () => {
  fc.assert(
    fc.property(shuffled, history, (entries, past) => {
      const next = chooseNext(entries, past, POLICY)
      if (!next) return
      const undone = afterUndoneCall(afterCall(past, next.isPriority), next.isPriority)
      expect(chooseNext(entries, undone, POLICY)).toBe(next)
    }),
  )
})

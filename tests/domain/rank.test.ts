import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RankReason } from '#domain/events.ts'
import {
  APPOINTMENT_WINDOW_MS,
  afterCall,
  afterUndoneCall,
  appointmentRank,
  callOrder,
  chooseNext,
  FRESH_HISTORY,
  goesFirst,
  type Ranked,
  type RankPolicy,
  rankSince,
} from '#domain/rank.ts'

const POLICY: RankPolicy = { regularPerPriority: 2, ageingMs: 30 * 60_000 }
const NO_AGEING = { ...POLICY, ageingMs: Number.MAX_SAFE_INTEGER }

const rank = fc.record({
  since: fc.nat(3_600_000),
  by: fc.constantFrom<RankReason>('appointment', 'arrival', 'front', 'returned'),
})

/** Entries with distinct arrival numbers, as the server gives them; most of them stand where they came. */
const queue = fc
  .array(
    fc.record({
      waitingSince: fc.nat(3_600_000),
      isPriority: fc.boolean(),
      rank: fc.option(rank, { nil: undefined, freq: 2 }),
    }),
    { maxLength: 15 },
  )
  .map((entries): Ranked[] => entries.map((entry, index) => ({ ...entry, order: index + 1 })))
const shuffled = queue.chain((entries) => fc.shuffledSubarray(entries, { minLength: entries.length }))
const history = fc.option(fc.nat(5)).map((regularsSincePriority) => ({ regularsSincePriority }))

const regular = (order: number, waitingSince = 0): Ranked => ({ order, waitingSince, isPriority: false })
const priority = (order: number, waitingSince = 0): Ranked => ({ order, waitingSince, isPriority: true })

describe('who is next', () => {
  test('nobody, when nobody waits', () => {
    expect(chooseNext([], FRESH_HISTORY, POLICY)).toBeNull()
  })

  test('within a class, who counts as waiting longest, then who arrived first', () => {
    fc.assert(
      fc.property(shuffled, history, (entries, past) => {
        const next = chooseNext(entries, past, POLICY)
        const sameClass = entries.filter((entry) => entry.isPriority === next?.isPriority)
        const inFront = sameClass.filter(goesFirst)
        const [first] = (inFront.length > 0 ? inFront : sameClass).toSorted(
          (a, b) => rankSince(a) - rankSince(b) || a.order - b.order,
        )
        expect(next).toEqual(first ?? null)
      }),
    )
  })

  test('before everybody, whatever ratio and ageing say, who was put to the front or comes back; the first such first', () => {
    fc.assert(
      fc.property(shuffled, history, (entries, past) => {
        const inFront = entries.filter(goesFirst)
        fc.pre(inFront.length > 0)
        const next = chooseNext(entries, past, POLICY)
        expect(inFront).toContain(next)
        for (const one of inFront) expect(rankSince(next as Ranked)).toBeLessThanOrEqual(rankSince(one))
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
          if (goesFirst(entry)) {
            left = left.filter((one) => one !== entry)
            continue
          }
          const bothWait = left.some((one) => one.isPriority) && left.some((one) => !one.isPriority)
          const due = now.regularsSincePriority === null || now.regularsSincePriority >= POLICY.regularPerPriority
          if (bothWait) expect(entry.isPriority).toBe(due)
          left = left.filter((one) => one !== entry)
          now = afterCall(now, entry)
        }
      }),
    )
  })

  test('never lets a regular entry wait for a priority entry that came the ageing time later', () => {
    fc.assert(
      fc.property(queue, history, (entries, past) => {
        const inTime = entries.map((entry, index) => ({
          ...entry,
          rank: undefined,
          waitingSince: index * 10 * 60_000,
        }))
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
  expect(afterCall(FRESH_HISTORY, regular(1))).toEqual(FRESH_HISTORY)
  expect(afterCall(FRESH_HISTORY, priority(1))).toEqual({ regularsSincePriority: 0 })
  expect(afterCall({ regularsSincePriority: 1 }, regular(1))).toEqual({ regularsSincePriority: 2 })
  expect(afterCall({ regularsSincePriority: 2 }, priority(1))).toEqual({ regularsSincePriority: 0 })
})

test('a call that was a mistake leaves the same one first', () => {
  fc.assert(
    fc.property(shuffled, history, (entries, past) => {
      const next = chooseNext(entries, past, POLICY)
      if (!next) return
      const undone = afterUndoneCall(afterCall(past, next), next)
      expect(chooseNext(entries, undone, POLICY)).toBe(next)
    }),
  )
})

describe('appointments', () => {
  const NINE = 9 * 3_600_000
  const withAppointment = (order: number, at: number, checkedInAt: number): Ranked => ({
    order,
    waitingSince: checkedInAt,
    isPriority: false,
    rank: appointmentRank(at),
  })
  const walkIns = fc.array(fc.nat(4 * 3_600_000), { minLength: 1, maxLength: 12 })

  test('go before walk-ins who came after the window opened, and behind those who waited by then', () => {
    const opened = NINE - APPOINTMENT_WINDOW_MS
    const early = regular(1, opened - 1)
    const late = regular(2, opened + 1)
    const booked = withAppointment(3, NINE, NINE - 60_000)
    expect(callOrder([late, booked, early], FRESH_HISTORY, POLICY)).toEqual([early, booked, late])
  })

  test('keep the order of their times, whenever each checked in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(8 * 3_600_000), fc.nat(8 * 3_600_000)), { maxLength: 12 }),
        history,
        (times, past) => {
          const booked = times.map(([at, checkedIn], index) => withAppointment(index + 1, NINE + at, checkedIn))
          const order = callOrder(booked, past, POLICY).map((entry) => entry.rank?.since ?? 0)
          expect(order).toEqual(order.toSorted((a, b) => a - b))
        },
      ),
    )
  })

  test('starve nobody: however many are booked, a walk-in waits only for those whose window opened before it came', () => {
    fc.assert(
      fc.property(walkIns, fc.array(fc.nat(4 * 3_600_000), { maxLength: 12 }), history, (came, booked, past) => {
        const walking = came.map((at, index) => regular(index + 1, at))
        const appointments = booked.map((at, index) => withAppointment(100 + index, at + APPOINTMENT_WINDOW_MS, at))
        const order = callOrder([...walking, ...appointments], past, POLICY)
        for (const walkIn of walking) {
          const before = order.slice(0, order.indexOf(walkIn)).filter((entry) => entry.rank)
          for (const one of before) expect(rankSince(one)).toBeLessThanOrEqual(walkIn.waitingSince)
        }
      }),
    )
  })

  test('with priority count as priority: ratio and ageing stay the arbiter between the classes', () => {
    const booked = { ...withAppointment(1, NINE, NINE), isPriority: true }
    const waiting = [booked, regular(2, NINE - 3_600_000 + 60_000)]
    expect(chooseNext(waiting, { regularsSincePriority: 0 }, POLICY)?.order).toBe(2)
    expect(chooseNext(waiting, { regularsSincePriority: 2 }, POLICY)?.order).toBe(1)
  })
})

test('calls of who goes first leave the ratio where it was', () => {
  fc.assert(
    fc.property(queue, history, (entries, past) => {
      const inFront = entries.filter(goesFirst)
      expect(inFront.reduce(afterCall, past)).toEqual(past)
      expect(inFront.reduce(afterUndoneCall, past)).toEqual(past)
    }),
  )
})

test('nobody starves: with walk-ins of the other class coming for ever, everybody is called within what the ratio allows', () => {
  fc.assert(
    fc.property(queue, history, (entries, past) => {
      let waiting = [...entries]
      let now = past
      let calls = 0
      const most = (POLICY.regularPerPriority + 1) * (entries.length + 1)
      while (waiting.some((one) => one.order <= entries.length)) {
        // Before each call one of each class comes who has waited no time at all.
        const order = 1_000 + calls * 2
        waiting.push(priority(order, 3_600_001), regular(order + 1, 3_600_001))
        const next = chooseNext(waiting, now, NO_AGEING) as Ranked
        waiting = waiting.filter((one) => one !== next)
        now = afterCall(now, next)
        calls += 1
        expect(calls).toBeLessThanOrEqual(most)
      }
    }),
  )
})

/** A walk-in without a number. */
import { describe, expect, test } from 'vitest'
import { quickServed, refusalToQuickServe } from '#domain/quick-serve.ts'
import { called, fold, READY } from '#tests/domain/desk-states.ts'

describe('a visitor without a number', () => {
  const visit = {
    visitId: 'visit-9',
    label: 'L01-01',
    businessDate: '2026-11-16',
    serviceId: 'ktp',
    priority: null,
    journeyId: null,
  }

  test('is served at once where nothing is in the way', () => {
    expect(refusalToQuickServe(READY)).toBeNull()
    expect(refusalToQuickServe({ ...READY, counter: null })).toBeNull()
    const refusals = [{ officerId: null }, { inDoubt: true }, { paused: true }].map((over) =>
      refusalToQuickServe({ ...READY, ...over }),
    )
    expect([...refusals, refusalToQuickServe(called)]).toEqual([
      'NOT_SIGNED_IN',
      'STORE_IN_DOUBT',
      'COUNTER_PAUSED',
      'ENTRY_IN_PROGRESS',
    ])
  })

  test('takes nobody’s turn', () => {
    const facts = quickServed(visit, { incarnation: 0, n: 4 }, 77)
    expect(facts.map(({ type }) => type)).toEqual(['visit.issued_here', 'entry.presented', 'entry.serving'])
    expect(facts[1]?.data).toMatchObject({
      grant: { incarnation: 0, n: 4 },
      reason: 'in_hand',
      issuedAt: 77,
      waitingSince: 77,
    })
    const served = facts.reduce(fold, READY)
    expect(served.current).toMatchObject({ status: 'serving', strength: 3, calls: 1 })
    expect(served.history).toEqual(READY.history)
  })
})

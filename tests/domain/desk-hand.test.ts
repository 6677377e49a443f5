/** Calls from the counter's own hand, in turn and out of turn, and what is given back. */
import { describe, expect, test } from 'vitest'
import { decide } from '#domain/desk.ts'
import type { DeskCommand, HandEntry } from '#domain/desk-command.ts'
import { called, codeOf, factsOf, hand, ON, READY } from '#tests/domain/desk-states.ts'

describe('call next', () => {
  test('calls the first by rank with everything the slip says, without ranking data', () => {
    const { order: _order, isPriority: _isPriority, ...data } = hand(1)
    expect(decide(READY, { kind: 'callNext' })).toEqual({ ok: true, facts: [{ type: 'entry.called', data }] })
  })

  test('is refused while somebody is at the desk, and when nobody waits', () => {
    expect(decide(called, { kind: 'callNext' })).toEqual({ ok: false, code: 'ENTRY_IN_PROGRESS' })
    expect(decide({ ...READY, hand: [] }, { kind: 'callNext' })).toEqual({ ok: false, code: 'NOTHING_WAITING' })
  })

  test('is refused while the store is in doubt', () => {
    expect(codeOf({ ...READY, inDoubt: true }, { kind: 'callNext' })).toBe('STORE_IN_DOUBT')
  })
})

describe('a number called out of turn', () => {
  const second = { visitId: 'visit-2', entryNo: 1 }

  test('is the one that was named, and says why', () => {
    expect(factsOf(READY, { kind: 'callTicket', reason: 'companion', ...second })).toMatchObject([
      { type: 'entry.called', data: { ...second, label: 'A-002', outOfOrder: 'companion' } },
    ])
  })

  test('is refused for the same reasons as the next one, and when it is not in the hand', () => {
    const call: DeskCommand = { kind: 'callTicket', reason: 'other', ...second }
    expect(codeOf({ ...READY, inDoubt: true }, call)).toBe('STORE_IN_DOUBT')
    expect(codeOf({ ...READY, paused: true }, call)).toBe('COUNTER_PAUSED')
    expect(codeOf(called, call)).toBe('ENTRY_IN_PROGRESS')
    expect(codeOf(READY, { ...call, entryNo: 2 })).toBe('TICKET_GONE')
  })

  test('whose turn it was is written down only where two classes waited', () => {
    const elderly: HandEntry = { ...hand(3), priority: 'elderly', isPriority: true }
    expect(factsOf(READY, { kind: 'callNext' })).toMatchObject([{ data: { turn: undefined } }])
    const both = { ...READY, hand: [hand(1), elderly] }
    expect(factsOf(both, { kind: 'callNext' })).toMatchObject([{ data: { label: 'A-003', turn: 'priority_turn' } }])
  })
})

test('an entry of the hand is released by name', () => {
  expect(factsOf(READY, { kind: 'release', ...ON })).toEqual([
    { type: 'entry.released', data: { ...ON, grant: { incarnation: 1, n: 1 } } },
  ])
  expect(codeOf(READY, { kind: 'release', visitId: 'visit-9', entryNo: 1 })).toBe('STALE_SCREEN')
})

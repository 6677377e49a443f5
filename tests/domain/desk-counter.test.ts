/** The counter's own acts, and what its hand does without a command. */
import { describe, expect, test } from 'vitest'
import { expiries, profileChange } from '#domain/counter-facts.ts'
import { decide } from '#domain/desk.ts'
import type { DeskCommand } from '#domain/desk-command.ts'
import {
  absent,
  after,
  COUNTER,
  called,
  codeOf,
  type Desk,
  factsOf,
  hand,
  ON,
  onHold,
  READY,
  serving,
  TODAY,
} from '#tests/domain/desk-states.ts'

describe('the counter', () => {
  test('is paused only at a free desk and once, and calls nobody meanwhile', () => {
    const pause: DeskCommand = { kind: 'pauseCounter', reason: 'prayer', backAt: null }
    const paused = after(READY, pause)
    expect(factsOf(READY, pause)).toEqual([{ type: 'counter.paused', data: { ...COUNTER, reason: 'prayer' } }])
    expect(factsOf(READY, { kind: 'pauseCounter', reason: 'break', backAt: 900 })).toEqual([
      { type: 'counter.paused', data: { ...COUNTER, reason: 'break', backAt: 900 } },
    ])
    expect([codeOf(called, pause), codeOf(paused, pause)]).toEqual(['ENTRY_IN_PROGRESS', 'NOT_ALLOWED_NOW'])
    expect(codeOf(paused, { kind: 'callNext' })).toBe('COUNTER_PAUSED')
    expect(factsOf(paused, { kind: 'resumeCounter' })).toEqual([{ type: 'counter.resumed', data: COUNTER }])
    expect(codeOf(READY, { kind: 'resumeCounter' })).toBe('NOT_ALLOWED_NOW')
  })
})

describe('closing', () => {
  test('gives the whole hand back first, then ends the session', () => {
    expect(decide(READY, { kind: 'closeCounter', settle: [], today: TODAY })).toEqual({
      ok: true,
      facts: [
        { type: 'entry.released', data: { visitId: 'visit-2', entryNo: 1, grant: { incarnation: 1, n: 2 } } },
        { type: 'entry.released', data: { visitId: 'visit-1', entryNo: 1, grant: { incarnation: 1, n: 1 } } },
        { type: 'counter.closed', data: { counterId: 'loket-1', epoch: 2 } },
      ],
    })
  })

  test('cut off, keeps the hand until the first contact', () => {
    expect(factsOf({ ...READY, online: false }, { kind: 'closeCounter', settle: [], today: TODAY })).toEqual([
      { type: 'counter.closed', data: COUNTER },
    ])
  })

  test('waits for the visitor at the desk', () => {
    expect(decide(called, { kind: 'closeCounter', settle: [], today: TODAY })).toEqual({
      ok: false,
      code: 'ENTRY_IN_PROGRESS',
    })
  })

  test('settles what is set aside: returned to be served elsewhere, or cancelled; the rest stays with the counter', () => {
    const entry = onHold.opened['visit-1 1'] ?? null
    const returned: DeskCommand = { kind: 'closeCounter', settle: [{ ...ON, entry, to: 'return' }], today: TODAY }
    const types = (state: Desk, command: DeskCommand) => {
      const decision = decide(state, command)
      return decision.ok ? decision.facts.map(({ type }) => type) : decision.code
    }
    const free = { ...onHold, hand: [] }
    expect(types(free, returned)).toEqual(['entry.returned', 'entry.released', 'counter.closed'])
    expect(types({ ...free, online: false }, returned)).toEqual(['entry.returned', 'counter.closed'])
    const cancelled: DeskCommand = {
      kind: 'closeCounter',
      settle: [{ ...ON, entry: absent.subject, to: 'cancel' }],
      today: TODAY,
    }
    expect(types(free, cancelled)).toEqual(['entry.cancelled', 'counter.closed'])
    expect(types(free, { kind: 'closeCounter', settle: [], today: TODAY })).toEqual(['counter.closed'])
  })

  test('returns nothing of an earlier day, which nobody would be dealt; it stays or is cancelled', () => {
    const entry = onHold.opened['visit-1 1'] ?? null
    const close = (to: 'return' | 'cancel'): DeskCommand => ({
      ...{ kind: 'closeCounter', settle: [{ ...ON, entry, to }], today: '2026-11-17' },
    })
    expect(codeOf(READY, close('return'))).toBe('STALE_SCREEN')
    expect(codeOf(READY, close('cancel'))).toBe('ok')
  })

  test('settles nothing that is not set aside any more', () => {
    const ended = after(serving, {
      kind: 'complete',
      outcome: 'delivered',
      paymentReference: null,
      delivered: null,
      ...ON,
    })
    for (const entry of [null, ended.opened['visit-1 1'] ?? null]) {
      expect(codeOf(READY, { kind: 'closeCounter', settle: [{ ...ON, entry, to: 'return' }], today: TODAY })).toBe(
        'STALE_SCREEN',
      )
    }
  })
})

describe('the choice of services', () => {
  const hand2 = [hand(1), { ...hand(2), serviceId: 'kk' }]

  test('gives back what is no longer taken, together with the choice', () => {
    expect(factsOf({ ...READY, hand: hand2 }, { kind: 'chooseServices', serviceIds: ['ktp'] })).toEqual([
      { type: 'entry.released', data: { visitId: 'visit-2', entryNo: 1, grant: { incarnation: 1, n: 2 } } },
      { type: 'counter.services_chosen', data: { ...COUNTER, serviceIds: ['ktp'] } },
    ])
  })

  test('is possible while somebody is served and while the counter pauses', () => {
    for (const state of [serving, { ...READY, paused: true }]) {
      expect(codeOf(state, { kind: 'chooseServices', serviceIds: ['ktp'] })).toBe('ok')
    }
  })

  test('cut off, may widen but strands nobody', () => {
    const cut = { ...READY, online: false, hand: hand2 }
    expect(codeOf(cut, { kind: 'chooseServices', serviceIds: ['ktp'] })).toBe('CHOICE_STRANDS')
    expect(codeOf(cut, { kind: 'chooseServices', serviceIds: ['ktp', 'kk'] })).toBe('ok')
  })
})

describe('without a command', () => {
  test('uncalled entries of days that are over expire', () => {
    expect(expiries(READY.hand, '2026-11-16')).toEqual([])
    expect(expiries([hand(1)], '2026-11-17')).toEqual([
      { type: 'entry.expired', data: { ...ON, grant: { incarnation: 1, n: 1 } } },
    ])
  })

  test('a configuration that takes a service away gives its entries back before it is noted', () => {
    const other = { ...hand(3), serviceId: 'kk' }
    expect(profileChange([hand(1), other], COUNTER, ['kk'], 7)).toEqual([
      { type: 'entry.released', data: { ...ON, grant: { incarnation: 1, n: 1 } } },
      { type: 'counter.profile_changed', data: { ...COUNTER, configVersion: 7 } },
    ])
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expiries, profileChange } from '#domain/counter-facts.ts'
import { type DeskCommand, type DeskState, decide, type HandEntry } from '#domain/desk.ts'
import { applyEvent, type Entry } from '#domain/entry.ts'
import type { Fact } from '#domain/events.ts'
import { FRESH_HISTORY } from '#domain/rank.ts'

const hand = (n: number): HandEntry => ({
  visitId: `visit-${n}`,
  entryNo: 1,
  grant: { incarnation: 1, n },
  label: `A-00${n}`,
  businessDate: '2026-11-16',
  serviceId: 'ktp',
  priority: null,
  journeyId: null,
  issuedAt: n,
  waitingSince: n,
  order: n,
  isPriority: false,
})

/** `opened`: everything that was opened at the desk, as its projection keeps it. */
type Desk = DeskState & { opened: Readonly<Record<string, Entry>> }

const READY: Desk = {
  opened: {},
  officerId: 'made',
  counter: { counterId: 'loket-1', epoch: 2 },
  paused: false,
  inDoubt: false,
  online: true,
  current: null,
  subject: null,
  withheld: null,
  hand: [hand(2), hand(1)],
  history: FRESH_HISTORY,
  policy: { regularPerPriority: 2, ageingMs: 1_800_000 },
  served: null,
}

const COUNTER = { counterId: 'loket-1', epoch: 2 }
const ON = { visitId: 'visit-1', entryNo: 1 }

/** The state after a decision, folded the way a store does it. */
function after(state: Desk, command: DeskCommand): Desk {
  const named = 'visitId' in command ? (state.opened[`${command.visitId} ${command.entryNo}`] ?? null) : state.subject
  const decision = decide({ ...state, subject: named }, command)
  return decision.ok ? decision.facts.reduce(fold, { ...state, withheld: null }) : state
}

function fold(state: Desk, fact: Fact): Desk {
  if (fact.type === 'counter.paused') return { ...state, paused: true }
  if (fact.type === 'counter.resumed') return { ...state, paused: false }
  if (!('entryNo' in fact.data)) return state
  const { visitId, entryNo } = fact.data
  const key = `${visitId} ${entryNo}`
  const envelope = { v: 1 as const, device: 'd', generation: 1, seq: 1, at: 1, offset: 0 }
  const circumstances = { counterId: 'loket-1', epoch: 2, officerId: 'made' }
  const next = applyEvent(state.opened[key] ?? null, { ...envelope, ...circumstances, ...fact })
  const isAtDesk = next?.status === 'called' || next?.status === 'serving'
  const isWaitingAgain = fact.type === 'entry.returned' || fact.type === 'entry.call_undone'
  const rest = state.hand.filter((entry) => entry.visitId !== visitId)
  return {
    ...state,
    opened: next ? { ...state.opened, [key]: next } : state.opened,
    current: isAtDesk ? next : state.current?.visitId === visitId ? null : state.current,
    subject: next,
    withheld: fact,
    hand: isWaitingAgain && next ? [...rest, { ...next, order: 1, isPriority: false }] : rest,
  }
}

const called = after(READY, { kind: 'callNext' })
const serving = after(called, { kind: 'startServing', ...ON })
const onHold = after(serving, { kind: 'hold', reason: 'payment', ...ON })
const absent = { ...READY, subject: fold(called, { type: 'entry.no_show', data: { ...ON, calls: 1 } }).subject }
const codeOf = (state: DeskState, command: DeskCommand) => {
  const decision = decide(state, command)
  return decision.ok ? 'ok' : decision.code
}
const factsOf = (state: DeskState, command: DeskCommand) => {
  const decision = decide(state, command)
  return decision.ok ? decision.facts : decision.code
}

describe('call next', () => {
  test('calls the first by rank with everything the slip says, without ranking data', () => {
    const { order: _order, isPriority: _isPriority, ...data } = hand(1)
    expect(decide(READY, { kind: 'callNext' })).toEqual({ ok: true, facts: [{ type: 'entry.called', data }] })
  })

  test('is refused while somebody is at the desk, and when nobody waits', () => {
    expect(decide(called, { kind: 'callNext' })).toEqual({ ok: false, code: 'ENTRY_IN_PROGRESS' })
    expect(decide({ ...READY, hand: [] }, { kind: 'callNext' })).toEqual({ ok: false, code: 'NOTHING_WAITING' })
  })
})

describe('every command', () => {
  const atDesk: DeskCommand[] = [
    { kind: 'callAgain', ...ON },
    { kind: 'startServing', ...ON },
    { kind: 'returnToQueue', ...ON },
    { kind: 'hold', reason: 'other', ...ON },
    { kind: 'complete', outcome: 'delivered', paymentReference: null, ...ON },
    { kind: 'forward', toServiceId: 'kk', journeyId: null, handsOver: null, ...ON },
    { kind: 'transfer', toServiceId: 'ktp', toCounterId: 'loket-2', ...ON },
    { kind: 'noShow', ...ON },
  ]
  const aside: DeskCommand[] = [
    { kind: 'resume', ...ON },
    { kind: 'callBack', ...ON },
    { kind: 'cancel', reason: 'visitor_left', ...ON },
  ]
  const withSession: DeskCommand[] = [
    { kind: 'callNext' },
    { kind: 'release', ...ON },
    { kind: 'pauseCounter', reason: 'break', backAt: null },
    { kind: 'resumeCounter' },
    { kind: 'chooseServices', serviceIds: ['ktp'] },
    { kind: 'closeCounter', settle: [] },
  ]
  const commands: DeskCommand[] = [...atDesk, ...aside, ...withSession, { kind: 'undo' }]

  test.each(commands)('$kind needs an officer', (command) => {
    expect(codeOf({ ...READY, officerId: null }, command)).toBe('NOT_SIGNED_IN')
  })

  test.each(withSession)('$kind needs an open counter', (command) => {
    expect(codeOf({ ...READY, counter: null }, command)).toBe('COUNTER_NOT_OPEN')
  })

  test.each(atDesk)('$kind needs an entry at the desk, and the one the officer saw', (command) => {
    expect(codeOf(READY, command)).toBe('NO_CURRENT_ENTRY')
    expect(codeOf(serving, { ...command, visitId: 'visit-9' } as DeskCommand)).toBe('STALE_SCREEN')
    expect(codeOf(serving, { ...command, entryNo: 2 } as DeskCommand)).toBe('STALE_SCREEN')
  })

  test.each(aside)('$kind needs an entry that this counter has opened', (command) => {
    expect(codeOf(READY, command)).toBe('STALE_SCREEN')
    expect(codeOf(onHold, { ...command, visitId: 'visit-9' } as DeskCommand)).toBe('STALE_SCREEN')
  })

  test.each([...atDesk, ...aside])('$kind finishes what is open here, also when the session is over', (command) => {
    for (const state of [called, serving, onHold, absent]) {
      expect(codeOf({ ...state, counter: null }, command)).toBe(codeOf(state, command))
    }
  })

  test('in any order and number never records an act that its entry does not allow', () => {
    const anyCommand = fc.constantFrom(
      ...commands,
      ...commands.map((command) => ('visitId' in command ? { ...command, visitId: 'visit-2' } : command)),
    )
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 30 }), (list) => {
        expect(() => list.reduce(after, READY)).not.toThrow()
      }),
    )
  })
})

describe('set aside', () => {
  test('what is on hold is resumed, the absent are called back, and both wait for a free desk', () => {
    expect(factsOf(onHold, { kind: 'resume', ...ON })).toEqual([{ type: 'entry.resumed', data: ON }])
    expect(factsOf(absent, { kind: 'callBack', ...ON })).toEqual([{ type: 'entry.called_back', data: ON }])
    expect(codeOf({ ...onHold, current: called.current }, { kind: 'resume', ...ON })).toBe('ENTRY_IN_PROGRESS')
    expect(codeOf({ ...absent, current: called.current }, { kind: 'callBack', ...ON })).toBe('ENTRY_IN_PROGRESS')
    expect(codeOf(absent, { kind: 'resume', ...ON })).toBe('NOT_ALLOWED_NOW')
  })

  test('is cancelled with its reason, also while somebody else is at the desk', () => {
    const busy = { ...onHold, current: { ...called.current, visitId: 'visit-2' } as Entry }
    expect(factsOf(busy, { kind: 'cancel', reason: 'duplicate', ...ON })).toEqual([
      { type: 'entry.cancelled', data: { ...ON, reason: 'duplicate' } },
    ])
  })
})

describe('a slip that is shown', () => {
  const { order: _order, isPriority: _isPriority, ...entry } = hand(1)
  const present: DeskCommand = { kind: 'present', entry, reason: 'server_silent' }

  test('is served at a free desk, open or not, in doubt or not', () => {
    for (const state of [READY, { ...READY, counter: null, inDoubt: true, paused: true, hand: [] }]) {
      expect(factsOf(state, present)).toEqual([
        { type: 'entry.presented', data: { ...entry, reason: 'server_silent' } },
      ])
    }
    expect(codeOf({ ...READY, officerId: null }, present)).toBe('NOT_SIGNED_IN')
    expect(codeOf(called, present)).toBe('ENTRY_IN_PROGRESS')
    expect(codeOf(onHold, present)).toBe('NOT_ALLOWED_NOW')
  })
})

describe('undo', () => {
  const given = after(serving, { kind: 'forward', toServiceId: 'kk', journeyId: null, handsOver: null, ...ON })

  test('takes back a call until the visitor is there', () => {
    expect(factsOf(called, { kind: 'undo' })).toEqual([{ type: 'entry.call_undone', data: ON }])
    expect(codeOf({ ...serving, withheld: null }, { kind: 'undo' })).toBe('NOTHING_TO_UNDO')
    expect(codeOf(READY, { kind: 'undo' })).toBe('NOTHING_TO_UNDO')
  })

  test('takes back a forward or a release that is withheld, and nothing once it is not', () => {
    expect(factsOf(given, { kind: 'undo' })).toEqual([
      { type: 'entry.give_away_undone', data: { ...ON, toEntryNo: 2 } },
    ])
    expect(codeOf({ ...given, withheld: null }, { kind: 'undo' })).toBe('NOTHING_TO_UNDO')
    expect(codeOf({ ...given, current: called.current }, { kind: 'undo' })).toBe('NOTHING_TO_UNDO')
    const released = { ...ON, grant: { incarnation: 1, n: 1 } }
    const withheld: Fact = { type: 'entry.released', data: released }
    expect(factsOf({ ...READY, withheld }, { kind: 'undo' })).toEqual([
      { type: 'entry.release_undone', data: released },
    ])
  })
})

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

  test('calls nobody while its store is in doubt', () => {
    expect(codeOf({ ...READY, inDoubt: true }, { kind: 'callNext' })).toBe('STORE_IN_DOUBT')
  })

  test('releases an entry of its hand by name', () => {
    expect(factsOf(READY, { kind: 'release', ...ON })).toEqual([
      { type: 'entry.released', data: { ...ON, grant: { incarnation: 1, n: 1 } } },
    ])
    expect(codeOf(READY, { kind: 'release', visitId: 'visit-9', entryNo: 1 })).toBe('STALE_SCREEN')
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

describe('at the desk', () => {
  test('it is transferred to another counter of the same service, but not to where it is', () => {
    const to = (toServiceId: string, toCounterId: string | null): DeskCommand => ({
      kind: 'transfer',
      toServiceId,
      toCounterId,
      ...ON,
    })
    expect(factsOf(serving, to('ktp', 'loket-2'))).toMatchObject([{ data: { toCounterId: 'loket-2', toEntryNo: 2 } }])
    expect([codeOf(serving, to('ktp', null)), codeOf(serving, to('ktp', 'loket-1'))]).toEqual([
      'SAME_SERVICE',
      'SAME_SERVICE',
    ])
    expect(factsOf(serving, to('kk', null))).toMatchObject([{ type: 'entry.transferred' }])
  })

  test('calling again counts up', () => {
    const again = after(called, { kind: 'callAgain', ...ON })
    expect(decide(again, { kind: 'callAgain', ...ON })).toMatchObject({ facts: [{ data: { times: 3 } }] })
  })

  test('completing carries the measured duration, or an estimated zero when there is none', () => {
    const command: DeskCommand = { kind: 'complete', outcome: 'rejected', paymentReference: null, ...ON }
    const measured = { ...serving, served: { ms: 90_000, estimated: false } }
    expect(decide(measured, command)).toMatchObject({
      facts: [{ data: { outcome: 'rejected', served: { ms: 90_000 } } }],
    })
    expect(decide(serving, command)).toMatchObject({ facts: [{ data: { served: { ms: 0, estimated: true } } }] })
  })

  test('completing names the payment to the bank only when there is one: facts of free services look as ever', () => {
    const command: DeskCommand = { kind: 'complete', outcome: 'delivered', paymentReference: null, ...ON }
    expect(JSON.stringify(factsOf(serving, command))).not.toContain('paymentReference')
    expect(factsOf(serving, { ...command, paymentReference: 'NTPN-1' })).toMatchObject([
      { data: { outcome: 'delivered', paymentReference: 'NTPN-1' } },
    ])
  })

  test('forwarding opens the next entry elsewhere, never at the same service', () => {
    const command: DeskCommand = { kind: 'forward', toServiceId: 'kk', journeyId: 'paket', handsOver: null, ...ON }
    expect(decide(serving, command)).toMatchObject({
      facts: [{ type: 'entry.forwarded', data: { toServiceId: 'kk', toEntryNo: 2, journeyId: 'paket' } }],
    })
    expect(decide(serving, { ...command, toServiceId: 'ktp' })).toEqual({ ok: false, code: 'SAME_SERVICE' })
  })

  test('a no-show tells how often was called; after serving began it is refused', () => {
    expect(decide(called, { kind: 'noShow', ...ON })).toMatchObject({ facts: [{ data: { calls: 1 } }] })
    expect(decide(serving, { kind: 'noShow', ...ON })).toEqual({ ok: false, code: 'NOT_ALLOWED_NOW' })
  })
})

describe('closing', () => {
  test('gives the whole hand back first, then ends the session', () => {
    expect(decide(READY, { kind: 'closeCounter', settle: [] })).toEqual({
      ok: true,
      facts: [
        { type: 'entry.released', data: { visitId: 'visit-2', entryNo: 1, grant: { incarnation: 1, n: 2 } } },
        { type: 'entry.released', data: { visitId: 'visit-1', entryNo: 1, grant: { incarnation: 1, n: 1 } } },
        { type: 'counter.closed', data: { counterId: 'loket-1', epoch: 2 } },
      ],
    })
  })

  test('cut off, keeps the hand until the first contact', () => {
    expect(factsOf({ ...READY, online: false }, { kind: 'closeCounter', settle: [] })).toEqual([
      { type: 'counter.closed', data: COUNTER },
    ])
  })

  test('waits for the visitor at the desk', () => {
    expect(decide(called, { kind: 'closeCounter', settle: [] })).toEqual({ ok: false, code: 'ENTRY_IN_PROGRESS' })
  })

  test('settles what is set aside: returned to be served elsewhere, or cancelled; the rest stays with the counter', () => {
    const entry = onHold.opened['visit-1 1'] ?? null
    const returned: DeskCommand = { kind: 'closeCounter', settle: [{ ...ON, entry, to: 'return' }] }
    const types = (state: Desk, command: DeskCommand) => {
      const decision = decide(state, command)
      return decision.ok ? decision.facts.map(({ type }) => type) : decision.code
    }
    const free = { ...onHold, hand: [] }
    expect(types(free, returned)).toEqual(['entry.returned', 'entry.released', 'counter.closed'])
    expect(types({ ...free, online: false }, returned)).toEqual(['entry.returned', 'counter.closed'])
    const cancelled: DeskCommand = { kind: 'closeCounter', settle: [{ ...ON, entry: absent.subject, to: 'cancel' }] }
    expect(types(free, cancelled)).toEqual(['entry.cancelled', 'counter.closed'])
    expect(types(free, { kind: 'closeCounter', settle: [] })).toEqual(['counter.closed'])
  })

  test('settles nothing that is not set aside any more', () => {
    const ended = after(serving, { kind: 'complete', outcome: 'delivered', paymentReference: null, ...ON })
    for (const entry of [null, ended.opened['visit-1 1'] ?? null]) {
      expect(codeOf(READY, { kind: 'closeCounter', settle: [{ ...ON, entry, to: 'return' }] })).toBe('STALE_SCREEN')
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

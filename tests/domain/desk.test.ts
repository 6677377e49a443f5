import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { expiries, profileChange } from '#domain/counter-facts.ts'
import { type DeskCommand, type DeskState, decide, type HandEntry } from '#domain/desk.ts'
import { applyEvent, type Entry } from '#domain/entry.ts'
import type { Fact } from '#domain/events.ts'
import { quickServed, refusalToQuickServe } from '#domain/quick-serve.ts'
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
  recall: { limit: 3, after: 'no_show' },
  served: null,
}

const TODAY = '2026-11-16'
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
  const envelope = { v: 1 as const, device: 'd', generation: 1, seq: 1, at: 1_000, offset: 0 }
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

describe('a note', () => {
  const note: DeskCommand = { kind: 'note', ...ON, noteNo: 2, valueHash: 'h', today: '2026-11-16' }

  test('is a fact about an entry that is here, set aside, or ended here today', () => {
    const data = { ...ON, noteNo: 2, valueHash: 'h' }
    for (const state of [{ ...called, subject: called.current }, onHold, absent]) {
      expect(factsOf(state, note)).toEqual([{ type: 'entry.noted', data }])
    }
  })

  test('is not about whom this counter never had, whoever else is here, nor about one of another day', () => {
    expect(codeOf(READY, note)).toBe('STALE_SCREEN')
    expect(codeOf({ ...called, subject: called.current }, { ...note, visitId: 'visit-2' })).toBe('STALE_SCREEN')
    expect(codeOf(absent, { ...note, today: '2026-11-17' })).toBe('NOT_ALLOWED_NOW')
    const returned = after(serving, { kind: 'returnToQueue', to: 'place', ...ON })
    expect(codeOf(returned, note)).toBe('NOT_ALLOWED_NOW')
    expect(codeOf({ ...absent, officerId: null }, note)).toBe('NOT_SIGNED_IN')
  })
})

test('a number is called as often as the mall says, and not once more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10 }), (limit) => {
      const rule = { limit, after: 'requeue' } as const
      const first = after({ ...READY, recall: rule }, { kind: 'callNext' })
      const last = Array.from({ length: 20 }).reduce<Desk>((desk) => after(desk, { kind: 'callAgain', ...ON }), first)
      expect(last.current?.calls).toBe(limit)
      expect(codeOf(last, { kind: 'callAgain', ...ON })).toBe('RECALL_LIMIT')
      // Sent to the end and called once more, it begins anew.
      const returned = after(last, { kind: 'returnToQueue', to: 'end', ...ON })
      expect(after({ ...returned, hand: [hand(1)] }, { kind: 'callNext' }).current?.calls).toBe(1)
    }),
  )
})

describe('what returns to the queue', () => {
  test('keeps its place unless it is sent to the end', () => {
    expect(decide(called, { kind: 'returnToQueue', to: 'place', ...ON })).toEqual({
      ok: true,
      facts: [{ type: 'entry.returned', data: ON }],
    })
    expect(decide(called, { kind: 'returnToQueue', to: 'end', ...ON })).toEqual({
      ok: true,
      facts: [{ type: 'entry.returned', data: { ...ON, to: 'end' } }],
    })
    const waitingSince = (['place', 'end'] as const).map(
      (to) => after(called, { kind: 'returnToQueue', to, ...ON }).opened['visit-1 1']?.waitingSince,
    )
    // The fold of this test happens at 1 000.
    expect(waitingSince).toEqual([1, 1_000])
  })
})

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

describe('every command', () => {
  const atDesk: DeskCommand[] = [
    { kind: 'callAgain', ...ON },
    { kind: 'startServing', ...ON },
    { kind: 'returnToQueue', to: 'place', ...ON },
    { kind: 'hold', reason: 'other', ...ON },
    { kind: 'complete', outcome: 'delivered', paymentReference: null, delivered: null, ...ON },
    { kind: 'forward', toServiceId: 'kk', journeyId: null, handsOver: null, ...ON },
    { kind: 'transfer', toServiceId: 'ktp', toCounterId: 'loket-2', place: 'end', returns: false, ...ON },
    { kind: 'noShow', ...ON },
  ]
  const aside: DeskCommand[] = [
    { kind: 'resume', ...ON },
    { kind: 'callBack', ...ON },
    { kind: 'cancel', reason: 'visitor_left', ...ON },
  ]
  const withSession: DeskCommand[] = [
    { kind: 'callNext' },
    { kind: 'callTicket', reason: 'urgent', ...ON },
    { kind: 'release', ...ON },
    { kind: 'pauseCounter', reason: 'break', backAt: null },
    { kind: 'resumeCounter' },
    { kind: 'chooseServices', serviceIds: ['ktp'] },
    { kind: 'closeCounter', settle: [], today: TODAY },
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

describe('a transfer', () => {
  const to = (over: object = {}): DeskCommand => ({
    ...{ kind: 'transfer', toServiceId: 'kk', toCounterId: null, place: 'end', returns: false, ...ON },
    ...over,
  })
  const back = { serviceId: 'ktp', counterId: 'loket-1', journeyId: null }
  const promised = { serviceId: 'kk', counterId: 'loket-9', journeyId: null }
  const sentHere = { ...serving, current: { ...(serving.current as Entry), returnsTo: promised } }

  test('to the end without a way back is written as it always was', () => {
    const [fact] = factsOf(serving, to())
    expect(JSON.parse(JSON.stringify(fact))).toEqual({
      type: 'entry.transferred',
      data: { ...ON, toServiceId: 'kk', toCounterId: null, toEntryNo: 2, served: null },
    })
  })

  test.each(['front', 'arrival'] as const)('to the %s names that place', (place) => {
    expect(factsOf(serving, to({ place }))).toMatchObject([{ data: { place } }])
  })

  test('with a way back promises this counter and this service, and the journey on which the visit is', () => {
    expect(factsOf(serving, to({ returns: true }))).toMatchObject([{ data: { returnsTo: back } }])
    const onJourney = { ...serving, current: { ...(serving.current as Entry), journeyId: 'ktp-hilang' } }
    expect(factsOf(onJourney, to({ returns: true }))).toMatchObject([
      { data: { returnsTo: { ...back, journeyId: 'ktp-hilang' } } },
    ])
  })

  test('keeps the journey where only the counter changes', () => {
    const onJourney = { ...serving, current: { ...(serving.current as Entry), journeyId: 'ktp-hilang' } }
    const sameService = to({ toServiceId: 'ktp', toCounterId: 'loket-2' })
    expect(factsOf(onJourney, sameService)).toMatchObject([{ data: { journeyId: 'ktp-hilang' } }])
    expect(factsOf(onJourney, to())).toMatchObject([{ data: { journeyId: undefined } }])
  })

  test('takes a promised way back along, and gives none twice', () => {
    expect(factsOf(sentHere, to())).toMatchObject([{ data: { returnsTo: promised } }])
    expect(codeOf(sentHere, to({ returns: true }))).toBe('ALREADY_RETURNS')
    const forward: DeskCommand = { kind: 'forward', toServiceId: 'kk', journeyId: null, handsOver: null, ...ON }
    expect(factsOf(sentHere, forward)).toMatchObject([{ data: { returnsTo: promised } }])
  })

  test('that is completed goes back to where it came from, by the fact that completes it', () => {
    const complete: DeskCommand = {
      kind: 'complete',
      outcome: 'delivered',
      paymentReference: null,
      delivered: null,
      ...ON,
    }
    expect(factsOf(sentHere, complete)).toMatchObject([{ type: 'entry.completed', data: { returnsTo: promised } }])
    expect(factsOf(serving, complete)).toMatchObject([{ data: { returnsTo: undefined } }])
  })
})

describe('a way back that leads to the counter where the visitor is', () => {
  const transfer = (over: object = {}): DeskCommand => ({
    ...{ kind: 'transfer', toServiceId: 'kk', toCounterId: null, place: 'end', returns: false, ...ON },
    ...over,
  })
  const complete: DeskCommand = {
    ...{ kind: 'complete', outcome: 'delivered', paymentReference: null, delivered: null, ...ON },
  }
  const forward: DeskCommand = { kind: 'forward', toServiceId: 'kk', journeyId: null, handsOver: null, ...ON }
  const promised = (counterId: string): Desk => {
    const returnsTo = { serviceId: 'ktp', counterId, journeyId: null }
    return { ...serving, current: { ...(serving.current as Entry), returnsTo } }
  }
  const kept = (state: Desk, command: DeskCommand) => {
    const [fact] = factsOf(state, command)
    return (fact as { data: { returnsTo?: { counterId: string } } }).data.returnsTo?.counterId ?? null
  }

  test('is kept by whoever came back by hand: completed, forwarded or transferred, nobody is called there again', () => {
    const here = promised('loket-1')
    expect([kept(here, complete), kept(here, forward), kept(here, transfer())]).toEqual([null, null, null])
    const away = promised('loket-2')
    expect([kept(away, complete), kept(away, forward), kept(away, transfer())]).toEqual(Array(3).fill('loket-2'))
  })

  test('is kept by the transfer that names it, and a new one may be promised then', () => {
    expect(kept(promised('loket-2'), transfer({ toCounterId: 'loket-2' }))).toBeNull()
    expect(kept(promised('loket-2'), transfer({ toCounterId: 'loket-3' }))).toBe('loket-2')
    expect(kept(promised('loket-2'), transfer({ toCounterId: 'loket-2', returns: true }))).toBe('loket-1')
    expect(kept(promised('loket-1'), transfer({ returns: true }))).toBe('loket-1')
  })

  test('is not promised to whoever stays at this counter for another of its services', () => {
    expect(kept(serving, transfer({ toCounterId: 'loket-1', returns: true }))).toBeNull()
  })
})

describe('set aside', () => {
  test('what is on hold is resumed, the absent are called back, and both wait for a free desk', () => {
    expect(factsOf(onHold, { kind: 'resume', ...ON })).toEqual([{ type: 'entry.resumed', data: ON }])
    expect(factsOf(absent, { kind: 'callBack', ...ON })).toEqual([{ type: 'entry.called_back', data: ON }])
    expect(codeOf({ ...onHold, current: called.current }, { kind: 'resume', ...ON })).toBe('ENTRY_IN_PROGRESS')
    expect(codeOf({ ...absent, current: called.current }, { kind: 'callBack', ...ON })).toBe('ENTRY_IN_PROGRESS')
    expect(codeOf(absent, { kind: 'resume', ...ON })).toBe('NOT_ALLOWED_NOW')
    expect(codeOf({ ...onHold, paused: true }, { kind: 'resume', ...ON })).toBe('COUNTER_PAUSED')
    expect(codeOf({ ...absent, paused: true }, { kind: 'callBack', ...ON })).toBe('COUNTER_PAUSED')
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
    const { order: _order, isPriority: _isPriority, ...other } = hand(2)
    expect(codeOf(called, { ...present, entry: other })).toBe('ENTRY_IN_PROGRESS')
    expect(codeOf(serving, present)).toBe('ENTRY_IN_PROGRESS')
    const done = after(serving, {
      kind: 'complete',
      outcome: 'delivered',
      paymentReference: null,
      delivered: null,
      ...ON,
    })
    expect(codeOf(done, present)).toBe('NOT_ALLOWED_NOW')
  })

  test('says that the called one has come, and takes up again what was set aside', () => {
    expect(factsOf(called, present)).toEqual([{ type: 'entry.serving', data: ON }])
    expect(factsOf(onHold, present)).toEqual([{ type: 'entry.resumed', data: ON }])
    expect(factsOf(absent, present)).toEqual([{ type: 'entry.called_back', data: ON }])
    const busy = { ...onHold, current: { ...called.current, visitId: 'visit-2' } as Entry }
    expect(codeOf(busy, present)).toBe('ENTRY_IN_PROGRESS')
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
      place: 'end',
      returns: false,
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
    const command: DeskCommand = {
      kind: 'complete',
      outcome: 'rejected',
      paymentReference: null,
      delivered: null,
      ...ON,
    }
    const measured = { ...serving, served: { ms: 90_000, estimated: false } }
    expect(decide(measured, command)).toMatchObject({
      facts: [{ data: { outcome: 'rejected', served: { ms: 90_000 } } }],
    })
    expect(decide(serving, command)).toMatchObject({ facts: [{ data: { served: { ms: 0, estimated: true } } }] })
  })

  test('completing names the payment to the bank only when there is one: facts of free services look as ever', () => {
    const command: DeskCommand = {
      kind: 'complete',
      outcome: 'delivered',
      paymentReference: null,
      delivered: null,
      ...ON,
    }
    expect(JSON.stringify(factsOf(serving, command))).not.toContain('paymentReference')
    expect(factsOf(serving, { ...command, paymentReference: 'NTPN-1' })).toMatchObject([
      { data: { outcome: 'delivered', paymentReference: 'NTPN-1' } },
    ])
  })

  test('completing names what was delivered only when somebody said it', () => {
    const command: DeskCommand = {
      ...{ kind: 'complete', outcome: 'delivered', paymentReference: null, delivered: null },
      ...ON,
    }
    expect(JSON.stringify(factsOf(serving, command))).not.toContain('"delivered":[')
    const delivered = [{ serviceId: 'kk', quantity: 2 }]
    expect(factsOf(serving, { ...command, delivered })).toMatchObject([{ data: { delivered } }])
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

/** The desk's decisions: what every command needs, and the acts that concern more than the entry at the desk. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DeskCommand } from '#domain/desk-command.ts'
import type { Entry } from '#domain/entry.ts'
import type { Fact } from '#domain/events.ts'
import {
  absent,
  after,
  called,
  codeOf,
  factsOf,
  hand,
  ON,
  onHold,
  READY,
  serving,
  TODAY,
} from '#tests/domain/desk-states.ts'

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

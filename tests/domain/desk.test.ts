import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DeskCommand, type DeskState, decide, type HandEntry } from '#domain/desk.ts'
import { applyEvent, type Entry } from '#domain/entry.ts'
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

const READY: DeskState = {
  officerId: 'made',
  counter: { counterId: 'loket-1', epoch: 2 },
  current: null,
  hand: [hand(2), hand(1)],
  history: FRESH_HISTORY,
  policy: { regularPerPriority: 2, ageingMs: 1_800_000 },
  served: null,
}

const ON = { visitId: 'visit-1', entryNo: 1 }

/** The state after a decision, folded the way a store does it. */
function after(state: DeskState, command: DeskCommand): DeskState {
  const decision = decide(state, command)
  if (!decision.ok) return state
  let { current, hand: left } = state
  for (const fact of decision.facts) {
    if (fact.type === 'entry.called' || fact.type === 'entry.released') {
      left = left.filter((entry) => entry.visitId !== fact.data.visitId)
    }
    const envelope = { v: 1 as const, device: 'd', generation: 1, seq: 1, at: 1, offset: 0 }
    const circumstances = { counterId: 'loket-1', epoch: 2, officerId: 'made' }
    const next: Entry | null = applyEvent(current, { ...envelope, ...circumstances, ...fact })
    if (next) current = next.endedAt === null ? next : null
  }
  return { ...state, current, hand: left }
}

const called = after(READY, { kind: 'callNext' })
const serving = after(called, { kind: 'startServing', ...ON })

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
  const commands: DeskCommand[] = [
    { kind: 'callNext' },
    { kind: 'callAgain', ...ON },
    { kind: 'startServing', ...ON },
    { kind: 'complete', outcome: 'delivered', ...ON },
    { kind: 'forward', toServiceId: 'kk', journeyId: null, handsOver: null, ...ON },
    { kind: 'noShow', ...ON },
    { kind: 'closeCounter' },
  ]

  test.each(commands)('$kind needs an officer and an open counter', (command) => {
    expect(decide({ ...READY, officerId: null }, command)).toEqual({ ok: false, code: 'NOT_SIGNED_IN' })
    expect(decide({ ...READY, counter: null }, command)).toEqual({ ok: false, code: 'COUNTER_NOT_OPEN' })
  })

  test.each(commands.filter((command) => 'visitId' in command))(
    '$kind needs an entry at the desk, and the one the officer saw',
    (command) => {
      expect(decide(READY, command)).toEqual({ ok: false, code: 'NO_CURRENT_ENTRY' })
      expect(decide(serving, { ...command, visitId: 'visit-9' })).toEqual({ ok: false, code: 'STALE_SCREEN' })
      expect(decide(serving, { ...command, entryNo: 2 })).toEqual({ ok: false, code: 'STALE_SCREEN' })
    },
  )

  test('in any order and number never records an act that its entry does not allow', () => {
    const anyCommand = fc.constantFrom(
      ...commands,
      ...commands.map((command) => ('visitId' in command ? { ...command, visitId: 'visit-2' } : command)),
    )
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 20 }), (list) => {
        expect(() => list.reduce(after, READY)).not.toThrow()
      }),
    )
  })
})

describe('at the desk', () => {
  test('calling again counts up', () => {
    const again = after(called, { kind: 'callAgain', ...ON })
    expect(decide(again, { kind: 'callAgain', ...ON })).toMatchObject({ facts: [{ data: { times: 3 } }] })
  })

  test('completing carries the measured duration, or an estimated zero when there is none', () => {
    const command: DeskCommand = { kind: 'complete', outcome: 'rejected', ...ON }
    const measured = { ...serving, served: { ms: 90_000, estimated: false } }
    expect(decide(measured, command)).toMatchObject({
      facts: [{ data: { outcome: 'rejected', served: { ms: 90_000 } } }],
    })
    expect(decide(serving, command)).toMatchObject({ facts: [{ data: { served: { ms: 0, estimated: true } } }] })
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
    expect(decide(READY, { kind: 'closeCounter' })).toEqual({
      ok: true,
      facts: [
        { type: 'entry.released', data: { visitId: 'visit-2', entryNo: 1, grant: { incarnation: 1, n: 2 } } },
        { type: 'entry.released', data: { visitId: 'visit-1', entryNo: 1, grant: { incarnation: 1, n: 1 } } },
        { type: 'counter.closed', data: { counterId: 'loket-1', epoch: 2 } },
      ],
    })
  })

  test('waits for the visitor at the desk', () => {
    expect(decide(called, { kind: 'closeCounter' })).toEqual({ ok: false, code: 'ENTRY_IN_PROGRESS' })
  })
})

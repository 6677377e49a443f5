import { expect, test } from 'vitest'
import { applyEvent, type Entry, ForbiddenAct } from '#domain/entry.ts'
import type { EventBody, Fact } from '#domain/events.ts'

const REF = { visitId: '0b5c1d0e-0f3a-4f5e-8c53-6a1b6f4f0a01', entryNo: 1 }
const CALLED = {
  ...REF,
  grant: { incarnation: 1, n: 7 },
  label: 'A-001',
  businessDate: '2026-11-16',
  serviceId: 'ktp',
  priority: 'elderly' as const,
  journeyId: null,
  issuedAt: 100,
  waitingSince: 200,
}

function event(fact: Fact, at: number, officerId = 'made'): EventBody {
  return {
    v: 1,
    device: 'd',
    generation: 1,
    seq: at,
    at,
    offset: 0,
    counterId: 'loket-1',
    epoch: 1,
    officerId,
    ...fact,
  }
}

function fold(...facts: Fact[]): Entry | null {
  return facts.reduce<Entry | null>((entry, fact, index) => applyEvent(entry, event(fact, 1_000 + index)), null)
}

const call: Fact = { type: 'entry.called', data: CALLED }
const serve: Fact = { type: 'entry.serving', data: REF }
const complete: Fact = {
  type: 'entry.completed',
  data: { ...REF, outcome: 'incomplete', served: { ms: 5, estimated: true } },
}

test('a call opens the entry at the counter with all that was printed', () => {
  expect(fold(call)).toEqual({
    ...CALLED,
    status: 'called',
    strength: 1,
    counterId: 'loket-1',
    officerId: 'made',
    calledAt: 1_000,
    calls: 1,
    servingAt: null,
    endedAt: null,
    outcome: null,
    served: null,
    paymentReference: null,
    toServiceId: null,
    hold: null,
  })
})

test('calling again counts, serving and completing leave their time, outcome and duration', () => {
  expect(fold(call, { type: 'entry.called_again', data: { ...REF, times: 2 } }, serve, complete)).toMatchObject({
    status: 'completed',
    calls: 2,
    calledAt: 1_000,
    servingAt: 1_002,
    endedAt: 1_003,
    outcome: 'incomplete',
    served: { ms: 5, estimated: true },
    paymentReference: null,
  })
})

test('a completion keeps the reference of the payment to the bank', () => {
  const { data } = complete as Extract<Fact, { type: 'entry.completed' }>
  const paid: Fact = { type: 'entry.completed', data: { ...data, paymentReference: 'NTPN-1' } }
  expect(fold(call, serve, paid)).toMatchObject({ outcome: 'incomplete', paymentReference: 'NTPN-1' })
})

test('a forward ends the entry and names where it went', () => {
  const forward: Fact = {
    type: 'entry.forwarded',
    data: { ...REF, toServiceId: 'kk', toEntryNo: 2, journeyId: null, served: null, handsOver: null },
  }
  expect(fold(call, forward)).toMatchObject({ status: 'forwarded', endedAt: 1_001, toServiceId: 'kk', served: null })
})

const noShow: Fact = { type: 'entry.no_show', data: { ...REF, calls: 1 } }

test('a no-show ends the entry, until the absent come after all', () => {
  expect(fold(call, noShow)).toMatchObject({ status: 'no_show', endedAt: 1_001 })
  const back: Fact = { type: 'entry.called_back', data: REF }
  expect(fold(call, noShow, back)).toMatchObject({ status: 'called', endedAt: null, calls: 2 })
})

test('a give-away that is taken back leaves the entry at the desk as it was', () => {
  const away: Fact = {
    type: 'entry.transferred',
    data: { ...REF, toServiceId: 'kk', toCounterId: null, toEntryNo: 2, served: { ms: 9, estimated: false } },
  }
  const undo: Fact = { type: 'entry.give_away_undone', data: { ...REF, toEntryNo: 2 } }
  expect(fold(call, serve, away, undo)).toEqual(fold(call, serve))
  expect(fold(call, away, undo)).toEqual(fold(call))
})

test('returned, it waits under its custody and its claim stays; released, the claim is gone', () => {
  const returned: Fact = { type: 'entry.returned', data: REF }
  const released: Fact = { type: 'entry.released', data: { ...REF, grant: CALLED.grant } }
  expect(fold(call, serve, returned)).toMatchObject({ status: 'waiting', strength: 3, grant: CALLED.grant })
  expect(fold(call, serve, returned, released)).toMatchObject({ status: 'waiting', strength: 0 })
  const again: Fact = { type: 'entry.called', data: { ...CALLED, grant: { incarnation: 1, n: 9 } } }
  expect(fold(call, serve, returned, released, again)).toMatchObject({ strength: 1, servingAt: null, grant: { n: 9 } })
})

test('on hold it keeps the moment at which serving began', () => {
  const hold: Fact = { type: 'entry.held', data: { ...REF, reason: 'payment' } }
  const resume: Fact = { type: 'entry.resumed', data: REF }
  expect(fold(call, serve, hold)).toMatchObject({ status: 'on_hold', servingAt: 1_001, endedAt: null })
  expect(fold(call, serve, hold, resume)).toMatchObject({ status: 'serving', servingAt: 1_001, strength: 3 })
  expect(fold(call, hold, resume)).toMatchObject({ servingAt: 1_002 })
})

test('superseded it counts elsewhere, and may be called again under a later grant', () => {
  const lost: Fact = { type: 'entry.superseded', data: { ...REF, byCounterId: null } }
  expect(fold(call, serve, lost)).toMatchObject({ status: 'superseded', strength: 0, endedAt: 1_002 })
  expect(fold(call, serve, lost, call)).toMatchObject({ status: 'called', strength: 1, endedAt: null, servingAt: null })
})

test('the officer of the last act is the one who answers for it', () => {
  const called = applyEvent(null, event(call, 1, 'made'))
  expect(applyEvent(called, event(serve, 2, 'sri'))).toMatchObject({ officerId: 'sri' })
})

test.each<[string, Fact[]]>([
  ['serving before calling', [serve]],
  ['calling twice', [call, call]],
  ['completing before serving', [call, complete]],
  ['anything after the end', [call, serve, complete, serve]],
])('%s is an error: a log that verifies never holds it', (_what, facts) => {
  expect(() => fold(...facts)).toThrow(ForbiddenAct)
})

test.each<Fact>([
  { type: 'counter.opened', data: { counterId: 'loket-1', epoch: 1 } },
  { type: 'officer.signed_in', data: { officerId: 'made' } },
  { type: 'entry.released', data: { ...REF, grant: { incarnation: 1, n: 7 } } },
])('$type says nothing about an entry at a counter', (fact) => {
  expect(applyEvent(null, event(fact, 1))).toBeNull()
})

test('times are mall time: the clock of the device plus the offset it had then', () => {
  const called = applyEvent(null, { ...event(call, 5_000), offset: -3_000 })
  expect(called?.calledAt).toBe(2_000)
  expect(applyEvent(called, { ...event(serve, 6_000), offset: null })?.servingAt).toBe(6_000)
})

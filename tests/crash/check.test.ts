/** The checks of the crash proof find what they are there to find: books of one honest visit, doctored one way at a time. */
import { expect, it } from 'vitest'
import { checkFacts } from '#tests/crash/check-facts.ts'
import { type Breach, checkPromises } from '#tests/crash/check-promises.ts'
import type { DeskEvent, DeskEvidence, Evidence } from '#tests/crash/evidence.ts'
import type { JournalRecord } from '#tests/crash/records.ts'

type Books = { journal: JournalRecord[]; evidence: Evidence }
type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type DeskBooks = Mutable<DeskEvidence> & { events: DeskEvent[]; results: Map<string, { json: string; at: number }> }

const REF = { visitId: 'visit-1', entryNo: 1 }
const VISIT = { visitId: 'visit-1', label: 'A-0001', businessDate: '2026-11-16', serviceId: 'ktp' }

function event(seq: number, type: DeskEvent['type'], data: object): DeskEvent {
  return { seq, hash: `hash-${type}-${seq}`, type, at: 100 * seq, data } as DeskEvent
}

function desk(name: string, events: DeskEvent[], commands: Record<string, object>): DeskBooks {
  const results = Object.entries(commands).map(
    ([id, data], index) => [id, { json: JSON.stringify(data), at: 100 * (index + 1) }] as const,
  )
  return {
    desk: name,
    deviceId: `device-${name}`,
    events,
    results: new Map(results),
    entries: new Set(['visit-1/1']),
    faults: [],
  }
}

/** A number is issued at the front desk, called and served at counter a; counter b did nothing. */
function honest() {
  const called = { ...REF, label: 'A-0001' }
  const tamu = desk('tamu', [event(1, 'visit.issued', VISIT)], { issue: { visitId: 'visit-1', label: 'A-0001' } })
  const a = desk('a', [event(1, 'entry.called', called), event(2, 'entry.serving', REF)], { call: called, serve: {} })
  const b = desk('b', [], {})
  const arrived = [tamu, a, b].map(
    ({ deviceId, events }): [string, { seq: number; hash: string; receivedAt: number }[]] => [
      deviceId,
      events.map(({ seq, hash, at }) => ({ seq, hash, receivedAt: at + 10 })),
    ],
  )
  const journal: JournalRecord[] = [
    answer('tamu', 'visit.issue', 'issue', { visitId: 'visit-1', label: 'A-0001' }, 120),
    answer('a', 'queue.callNext', 'call', called, 120),
    { kind: 'shown', desk: 'a', at: 130, ...called },
    answer('a', 'queue.startServing', 'serve', {}, 220),
    { kind: 'acknowledged', desk: 'a', at: 240, seq: 2, hash: 'hash-entry.serving-2' },
  ]
  const server = {
    events: new Map(arrived),
    visits: new Set(['visit-1']),
    incarnation: 1,
    faults: [] as string[],
    findings: [] as string[],
  }
  return { journal, evidence: { desks: [tamu, a, b], server }, tamu, a, b }
}

function answer(name: string, method: string, commandId: string, data: object, at: number): JournalRecord {
  return { kind: 'answer', desk: name, at, method, commandId, ref: REF, data }
}

function check({ journal, evidence }: Books): Breach[] {
  return [...checkPromises(journal, evidence), ...checkFacts(evidence)]
}

type Doctor = (books: ReturnType<typeof honest>) => void

const CASES: readonly (readonly [string, Breach['kind'], Doctor])[] = [
  ['an acknowledged act is not in the log', 'lost', ({ a }) => a.events.pop()],
  ['an act is in the log twice', 'twice', ({ a }) => a.events.push(event(3, 'entry.serving', REF))],
  ['acts are in another order than they were answered', 'wrong', ({ a }) => a.events.reverse()],
  ['a command has no result', 'lost', ({ a }) => a.results.delete('serve')],
  ['a command has another result', 'wrong', ({ a }) => a.results.set('call', { json: '{}', at: 100 })],
  ['a command was answered before it was stored', 'lost', ({ a }) => a.results.set('serve', { json: '{}', at: 999 })],
  [
    'an acknowledged entry is not there',
    'lost',
    ({ a }) => {
      a.entries = new Set()
    },
  ],
  [
    'a number was shown and never called',
    'lost',
    ({ journal }) => journal.push({ kind: 'shown', desk: 'a', at: 300, ...REF, label: 'A-0002' }),
  ],
  [
    'a number was shown before its call was stored',
    'lost',
    ({ journal }) => journal.push({ kind: 'shown', desk: 'a', at: 50, ...REF, label: 'A-0001' }),
  ],
  ['the server lost what it acknowledged', 'lost', ({ evidence }) => evidence.server.events.get('device-a')?.pop()],
  [
    'the server acknowledged before it stored',
    'lost',
    ({ evidence }) =>
      evidence.server.events.set(
        'device-a',
        [...(evidence.server.events.get('device-a') ?? [])].map((one) => ({ ...one, receivedAt: 999 })),
      ),
  ],
  [
    'the server has another event',
    'wrong',
    ({ evidence }) => {
      for (const one of evidence.server.events.get('device-a') ?? []) one.hash = 'other'
    },
  ],
  [
    'the server has more than the desk',
    'lost',
    ({ evidence }) => evidence.server.events.get('device-b')?.push({ seq: 1, hash: 'x', receivedAt: 1 }),
  ],
  [
    'the server began a new incarnation',
    'lost',
    ({ evidence }) => {
      evidence.server.incarnation = 2
    },
  ],
  ['the server has no such visit', 'lost', ({ evidence }) => evidence.server.visits.clear()],
  [
    'a number was issued twice',
    'twice',
    ({ b, evidence }) => {
      b.events.push(event(1, 'visit.issued_here', { ...VISIT, visitId: 'visit-2' }))
      evidence.server.visits.add('visit-2')
    },
  ],
  [
    'two desks called one entry',
    'twice',
    ({ b }) => b.events.push(event(2, 'entry.called', { ...REF, label: 'A-0001' })),
  ],
  [
    'a store is not what its log says',
    'wrong',
    ({ a }) => {
      a.faults = ['entry']
    },
  ],
  ['the server is not what its events say', 'wrong', ({ evidence }) => evidence.server.faults.push('claim')],
  [
    'the server found an act of a superseded desk',
    'wrong',
    ({ evidence }) => evidence.server.findings.push('SUPERSEDED a/2'),
  ],
]

it('honest books have no breach', () => {
  expect(check(honest())).toEqual([])
})

it.each(CASES)('%s: %s', (_what, kind, doctor) => {
  const books = honest()
  doctor(books)
  expect(check(books).map((breach) => breach.kind)).toContain(kind)
})

it('an entry that came back may be called elsewhere', () => {
  const books = honest()
  const { a, b, evidence } = books
  a.events.splice(1, 1, event(2, 'entry.call_undone', REF))
  b.events.push({ ...event(1, 'entry.called', { ...REF, label: 'A-0001' }), at: 300 })
  const calls = check({ journal: [], evidence }).filter(({ what }) => what.includes('was called by'))
  expect(calls).toEqual([])
})

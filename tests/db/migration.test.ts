import { expect, it, onTestFinished } from 'vitest'
import { MIGRATIONS } from '#db/migrations/index.ts'
import { openStore } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { verifyStore } from '#db/verify.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import { GENESIS, linkHash } from '#domain/chain.ts'
import type { EventBody, Fact } from '#domain/events.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

function called(n: number): Fact {
  const visit = { visitId: uuid(n), entryNo: 1, label: `SK-00${n}`, businessDate: '2026-11-20', serviceId: 'skck' }
  const times = { issuedAt: 1, waitingSince: 1 }
  const grant = { incarnation: 1, n: n + 40 }
  return { type: 'entry.called', data: { ...visit, ...times, grant, priority: null, journeyId: null } }
}

/** What the first program version wrote: two entries called, one of them served, a third still in the hand. */
function writeVersionOne(folder: string): void {
  const store = openStore(folder, MIGRATIONS.slice(0, 1))
  const facts: Fact[] = [
    { type: 'counter.opened', data: { counterId: 'polres-1', epoch: 2 } },
    called(1),
    { type: 'entry.serving', data: { visitId: uuid(1), entryNo: 1 } },
    {
      type: 'entry.completed',
      data: { visitId: uuid(1), entryNo: 1, outcome: 'delivered', served: { ms: 5, estimated: false } },
    },
    called(2),
  ]
  let prevHash = GENESIS
  for (const [index, fact] of facts.entries()) {
    const seq = index + 1
    const envelope = { v: 1, device: uuid(0), generation: 1, seq, at: 1_000 + seq, offset: null } as const
    const event: EventBody = { ...fact, ...envelope, counterId: 'polres-1', epoch: 2, officerId: 'made' }
    const body = canonicalJson(event)
    prevHash = linkHash(sha256, prevHash, body)
    store.db.prepare('INSERT INTO event VALUES (?, ?, ?, ?)').run(seq, prevHash, event.type, body)
  }
  const entry = store.db.prepare(`INSERT INTO entry VALUES
    (@visit, 1, @status, @label, '2026-11-20', 'skck', NULL, NULL, 1, 1, 'polres-1', 'made', @called, 1, @serving, @ended, @outcome, @ms, @estimated, NULL)`)
  entry.run({
    visit: uuid(1),
    status: 'completed',
    label: 'SK-001',
    called: 1_002,
    serving: 1_003,
    ended: 1_004,
    outcome: 'delivered',
    ms: 5,
    estimated: 0,
  })
  entry.run({
    visit: uuid(2),
    status: 'called',
    label: 'SK-002',
    called: 1_005,
    serving: null,
    ended: null,
    outcome: null,
    ms: null,
    estimated: null,
  })
  const hand = store.db.prepare(
    `INSERT INTO hand VALUES (?, 1, 1, ?, ?, ?, '2026-11-20', 'skck', NULL, 0, NULL, 1, 1, ?)`,
  )
  for (const n of [1, 2]) hand.run(uuid(n), n + 40, 'used', `SK-00${n}`, n)
  hand.run(uuid(3), 43, 'held', 'SK-003', 3)
  store.db.exec(`INSERT INTO device VALUES
    (1, '${uuid(0)}', 'token', 1, 1, 'counter', 'polres-1', 'http://127.0.0.1:9', 4, 77, 12, NULL)`)
  store.close()
}

it('a store of the first program version keeps its content and verifies after the migration', () => {
  const folder = tempFolder()
  writeVersionOne(folder)
  const store = openStore(folder)
  onTestFinished(() => store.close())
  const repositories = createRepositories(store, sha256)
  expect(verifyStore(store, repositories, sha256)).toMatchObject({ ok: true, events: 5, findings: [] })
  expect(repositories.entries.get({ visitId: uuid(1), entryNo: 1 })).toMatchObject({
    ...{ grant: { incarnation: 1, n: 41 }, strength: 3, status: 'completed' },
  })
  expect(repositories.entries.current()).toMatchObject({ grant: { incarnation: 1, n: 42 }, strength: 1 })
  expect(repositories.hand.allHeld()).toMatchObject([{ label: 'SK-003', grant: { incarnation: 1, n: 43 } }])
  expect(repositories.device.get()).toMatchObject({ acked_seq: 4, incarnation: 0, nonce: null, in_doubt: 0 })
  expect(() => store.db.exec('DELETE FROM event')).toThrow(/never deleted/)
  expect(() => store.db.exec("UPDATE event SET body = '{}'")).toThrow(/never changed/)
})

it('what was on hold before holds were shown gets its reason and its time from the log, and still verifies', () => {
  const folder = tempFolder()
  const store = openStore(folder, MIGRATIONS.slice(0, 4))
  const ref = (n: number) => ({ visitId: uuid(n), entryNo: 1 })
  const facts: Fact[] = [
    called(1),
    { type: 'entry.held', data: { ...ref(1), reason: 'other' } },
    { type: 'entry.resumed', data: ref(1) },
    { type: 'entry.held', data: { ...ref(1), reason: 'payment' } },
    called(2),
    { type: 'entry.held', data: { ...ref(2), reason: 'fetch_documents' } },
    { type: 'entry.cancelled', data: { ...ref(2), reason: 'visitor_left' } },
  ]
  let prevHash = GENESIS
  for (const [index, fact] of facts.entries()) {
    const seq = index + 1
    const envelope = { v: 1, device: uuid(0), generation: 1, seq, at: 1_000 + seq, offset: 500 } as const
    const event: EventBody = { ...fact, ...envelope, counterId: 'polres-1', epoch: 2, officerId: 'made' }
    const body = canonicalJson(event)
    prevHash = linkHash(sha256, prevHash, body)
    store.db
      .prepare('INSERT INTO event (generation, seq, hash, type, body) VALUES (1, ?, ?, ?, ?)')
      .run(seq, prevHash, event.type, body)
  }
  const entry = store.db.prepare(`INSERT INTO entry
    (visit_id, entry_no, status, label, business_date, service_id, issued_at, waiting_since, counter_id, officer_id,
     called_at, calls, serving_at, ended_at, grant_incarnation, grant_n, strength)
    VALUES (?, 1, ?, ?, '2026-11-20', 'skck', 1, 1, 'polres-1', 'made', ?, 1, ?, ?, 1, ?, ?)`)
  entry.run(uuid(1), 'on_hold', 'SK-001', 1_501, 1_503, null, 41, 3)
  entry.run(uuid(2), 'cancelled', 'SK-002', 1_505, null, 1_507, 42, 1)
  const hand = store.db.prepare(`INSERT INTO hand
    (visit_id, entry_no, incarnation, grant_n, state, label, business_date, service_id, is_priority, issued_at, waiting_since, ord)
    VALUES (?, 1, 1, ?, 'used', ?, '2026-11-20', 'skck', 0, 1, 1, ?)`)
  for (const n of [1, 2]) hand.run(uuid(n), n + 40, `SK-00${n}`, n)
  store.close()

  const migrated = openStore(folder)
  onTestFinished(() => migrated.close())
  const repositories = createRepositories(migrated, sha256)
  expect(repositories.entries.get(ref(1))?.hold).toEqual({ reason: 'payment', since: 1_504 })
  expect(repositories.entries.get(ref(2))?.hold).toBeNull()
  expect(repositories.entries.aside('2026-11-20')).toMatchObject([ref(1)])
  expect(verifyStore(migrated, repositories, sha256).findings).toEqual([])
})

import fc from 'fast-check'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openStore, type Store } from '#db/open.ts'
import { project } from '#db/projections.ts'
import { createRepositories, type Repositories } from '#db/repositories/index.ts'
import { foldLog, projectionFindings } from '#db/verify/projections.ts'
import { findChainFault, GENESIS } from '#domain/chain.ts'
import type { HandEntry } from '#domain/desk-command.ts'
import type { EventBody, Fact } from '#domain/events.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

let store: Store
let repositories: Repositories

beforeEach(() => {
  store = openStore(tempFolder())
  repositories = createRepositories(store, sha256)
  onTestFinished(() => store.close())
})

const uuid = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`

function append(fact: Fact, at = 1_000): void {
  const head = repositories.events.head(1)
  const event: EventBody = {
    ...fact,
    v: 1,
    device: uuid(0),
    generation: 1,
    seq: head.seq + 1,
    at,
    offset: null,
    counterId: 'polres-1',
    epoch: 1,
    officerId: 'petugas-1',
  }
  store.transaction(() => {
    repositories.events.append(event, head.hash)
    project(repositories, event)
  })
}

function called(n: number): Fact {
  return {
    type: 'entry.called',
    data: {
      visitId: uuid(n),
      entryNo: 1,
      grant: { incarnation: 1, n },
      label: `A-00${n}`,
      businessDate: '2026-11-21',
      serviceId: 'skck',
      priority: null,
      journeyId: null,
      issuedAt: 1,
      waitingSince: 1,
    },
  }
}

describe('the log', () => {
  it('chains events from genesis and verifies', () => {
    append(called(1))
    append({ type: 'entry.serving', data: { visitId: uuid(1), entryNo: 1 } })
    const rows = repositories.events.after(1, 0, 10)
    const links = rows.map((row, index) => ({ ...row, prevHash: rows[index - 1]?.hash ?? GENESIS }))
    expect(rows).toHaveLength(2)
    expect(findChainFault(sha256, links)).toBeNull()
  })

  it('refuses UPDATE and DELETE in the database itself', () => {
    append(called(1))
    expect(() => store.db.exec("UPDATE event SET body = '{}' WHERE seq = 1")).toThrow(/never changed/)
    expect(() => store.db.exec('DELETE FROM event')).toThrow(/never deleted/)
  })

  it('shows a changed body as a broken hash even when the triggers are gone', () => {
    append(called(1))
    append(called(2))
    store.db.exec("DROP TRIGGER event_no_update; UPDATE event SET body = replace(body, 'A-001', 'A-009') WHERE seq = 1")
    const rows = repositories.events.after(1, 0, 10)
    const links = rows.map((row, index) => ({ ...row, prevHash: rows[index - 1]?.hash ?? GENESIS }))
    expect(findChainFault(sha256, links)).toEqual({ seq: 1, fault: 'HASH' })
  })
})

describe('projections', () => {
  it('rebuild from the log to the same rows, whatever happened', () => {
    const acts = fc.array(fc.constantFrom('again', 'serve', 'complete', 'forward', 'noShow', 'issue'), {
      maxLength: 40,
    })
    let n = 0
    fc.assert(
      fc.property(acts, (list) => {
        for (const act of list) {
          n += 1
          if (act === 'issue') {
            append(
              {
                type: 'visit.issued',
                data: {
                  visitId: uuid(50_000 + n),
                  label: `B-${1000 + n}`,
                  businessDate: '2026-11-21',
                  serviceId: 'kk',
                  priority: 'elderly',
                  journeyId: null,
                },
              },
              n,
            )
            continue
          }
          const current = repositories.entries.current()
          if (!current) {
            append(called(n), n)
            continue
          }
          const ref = { visitId: current.visitId, entryNo: 1 }
          if (act === 'serve' && current.status === 'called') append({ type: 'entry.serving', data: ref }, n)
          if (act === 'again' && current.status === 'called')
            append({ type: 'entry.called_again', data: { ...ref, times: current.calls + 1 } }, n)
          if (act === 'noShow' && current.status === 'called')
            append({ type: 'entry.no_show', data: { ...ref, calls: current.calls } }, n)
          if (act === 'complete' && current.status === 'serving')
            append(
              {
                type: 'entry.completed',
                data: { ...ref, outcome: 'delivered', served: { ms: n, estimated: n % 2 === 0 } },
              },
              n,
            )
          if (act === 'forward')
            append(
              {
                type: 'entry.forwarded',
                data: { ...ref, toServiceId: 'kk', toEntryNo: 2, journeyId: null, served: null, handsOver: null },
              },
              n,
            )
        }
        const fold = foldLog(repositories)
        expect(fold.findings).toEqual([])
        expect(projectionFindings(repositories, fold)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})

describe('the hand', () => {
  const entry = (order: number, over: Partial<HandEntry> = {}): HandEntry => ({
    visitId: uuid(order),
    entryNo: 1,
    grant: { incarnation: 1, n: order },
    label: 'A-001',
    businessDate: '2026-11-21',
    serviceId: 'skck',
    priority: null,
    isPriority: false,
    journeyId: null,
    issuedAt: 1,
    waitingSince: 1,
    order,
    ...over,
  })

  it('gives who waits longest in each class, then who arrived first, and nothing of another day', () => {
    for (const one of [
      entry(3),
      entry(2),
      entry(5, { isPriority: true, priority: 'elderly' }),
      entry(1, { businessDate: '2026-11-20' }),
      // Issued during a cut: arrived last, waits longest.
      entry(9, { waitingSince: 0 }),
    ])
      repositories.hand.grant(one)
    expect(repositories.hand.heads('2026-11-21').map((one) => one.order)).toEqual([9, 5])
    expect(repositories.hand.held('2026-11-21').map((one) => one.order)).toEqual([9, 2, 3, 5])
    expect(repositories.hand.allHeld().map((one) => one.order)).toEqual([9, 1, 2, 3, 5])
    expect(repositories.hand.heldBefore('2026-11-21').map((one) => one.order)).toEqual([1])
  })

  const held = () => repositories.hand.heads('2026-11-21').map((one) => one.grant)

  it('keeps what is open or ended here, whatever is granted meanwhile', () => {
    expect(repositories.hand.grant(entry(7))).toBe(true)
    repositories.hand.use(entry(7))
    for (const n of [6, 7, 8]) expect(repositories.hand.grant(entry(7, { grant: { incarnation: 2, n } }))).toBe(false)
    expect(held()).toEqual([])
  })

  it('takes what was given back or lost its meaning only by a later grant', () => {
    for (const state of ['released', 'void'] as const) {
      const order = state === 'void' ? 8 : 9
      repositories.hand.grant(entry(order))
      repositories.hand.setState(entry(order), state)
      expect(repositories.hand.grant(entry(order))).toBe(false)
      expect(repositories.hand.grant(entry(order, { grant: { incarnation: 1, n: order + 10 } }))).toBe(true)
    }
    expect(held()).toEqual([{ incarnation: 1, n: 18 }])
  })

  it('never takes a grant that a tombstone has made void', () => {
    repositories.hand.tombstones.put(entry(7), { incarnation: 1, n: 7 })
    repositories.hand.tombstones.put(entry(7), { incarnation: 1, n: 3 })
    expect(repositories.hand.grant(entry(7))).toBe(false)
    expect(repositories.hand.grant(entry(7, { grant: { incarnation: 1, n: 8 } }))).toBe(true)
  })

  it('remembers the grant that own custody took the place of', () => {
    repositories.hand.grant(entry(7))
    repositories.hand.setState(entry(7), 'released')
    const own = { incarnation: 0, n: 40 }
    repositories.hand.use(entry(7, { grant: own }))
    repositories.hand.setState(entry(7), 'held')
    expect(repositories.hand.grant(entry(7))).toBe(false)
    expect(held()).toEqual([own])
  })
})

describe('ticket numbers', () => {
  const series = { serviceId: 'skck', businessDate: '2026-11-21' }

  it('come from leased blocks in order, each once, and then there are none', () => {
    repositories.numbers.addLease({ ...series, from: 41, to: 42 })
    repositories.numbers.addLease({ ...series, from: 1, to: 2 })
    repositories.numbers.addLease({ ...series, from: 1, to: 2 })
    expect(repositories.numbers.leasedLeft(series)).toBe(4)
    expect([1, 2, 3, 4, 5].map(() => repositories.numbers.takeLeased(series))).toEqual([1, 2, 41, 42, null])
    expect(repositories.numbers.leasedLeft(series)).toBe(0)
  })

  it('of the desk itself start at 1 on every day', () => {
    expect([1, 2, 3].map(() => repositories.numbers.takeOwn('2026-11-21'))).toEqual([1, 2, 3])
    expect(repositories.numbers.takeOwn('2026-11-22')).toBe(1)
  })
})

describe('personal text', () => {
  it('can be purged while every event still verifies', () => {
    repositories.personalTexts.addOwn({
      visitId: uuid(1),
      entryNo: 1,
      key: 'nomor-surat',
      salt: 's'.repeat(22),
      value: 'LP/123',
    })
    append({ type: 'entry.called', data: { ...(called(1).data as Extract<Fact, { type: 'entry.called' }>['data']) } })
    expect(repositories.personalTexts.unsent(10)).toHaveLength(1)
    expect(repositories.personalTexts.forgetBefore('2026-12-31')).toBe(1)
    const rows = repositories.events.after(1, 0, 10)
    expect(
      findChainFault(
        sha256,
        rows.map((row) => ({ ...row, prevHash: GENESIS })),
      ),
    ).toBeNull()
  })
})

describe('print jobs', () => {
  const job = (id: number) => ({
    id: uuid(id),
    created_at: id,
    kind: 'receipt' as const,
    label: 'A-001',
    document: '{}',
  })

  it('leave in the order of arrival and are unknown after a crash while sending', () => {
    repositories.printJobs.add(job(2))
    repositories.printJobs.add(job(1))
    expect(repositories.printJobs.next()?.id).toBe(uuid(2))
    repositories.printJobs.beginSending(uuid(2), Uint8Array.of(1, 2))
    expect(repositories.printJobs.next()?.id).toBe(uuid(1))
    expect(repositories.printJobs.settleInterrupted()).toBe(1)
    expect(repositories.printJobs.get(uuid(2))).toMatchObject({
      state: 'unknown',
      attempts: 1,
      bytes: Buffer.from([1, 2]),
    })
    expect(repositories.printJobs.needingAttention().map((one) => one.id)).toEqual([uuid(2)])
    repositories.printJobs.markSettled(uuid(2))
    expect(repositories.printJobs.needingAttention()).toEqual([])
  })

  it('that wait are abandoned with a code, and nothing else is', () => {
    for (const id of [1, 2, 3, 4]) repositories.printJobs.add(job(id))
    repositories.printJobs.beginSending(uuid(1), Uint8Array.of(1))
    repositories.printJobs.finish(uuid(1), 'handed_over', null)
    repositories.printJobs.beginSending(uuid(2), Uint8Array.of(2))
    repositories.printJobs.beginSending(uuid(3), Uint8Array.of(3))
    repositories.printJobs.finish(uuid(3), 'queued', 'PRINTER_REFUSED')
    expect(repositories.printJobs.abandonQueued('PRINTER_REMOVED')).toBe(2)
    expect(repositories.printJobs.next()).toBeNull()
    const states = [1, 2, 3, 4].map((id) => repositories.printJobs.get(uuid(id)))
    expect(states.map((row) => row && [row.state, row.code])).toEqual([
      ['handed_over', null],
      ['sending', null],
      ['failed', 'PRINTER_REMOVED'],
      ['failed', 'PRINTER_REMOVED'],
    ])
    expect(repositories.printJobs.abandonQueued('PRINTER_REMOVED')).toBe(0)
  })

  it('that are done are never read again, however many there are', () => {
    const prepared = vi.spyOn(store.db, 'prepare')
    repositories.printJobs.next()
    repositories.printJobs.settleInterrupted()
    repositories.printJobs.abandonQueued('PRINTER_REMOVED')
    repositories.printJobs.needingAttention()
    const plans = prepared.mock.calls.map(([text]) => {
      const bound = Array<null>(text.split('?').length - 1).fill(null)
      const rows = store.db.prepare<null[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`).all(...bound)
      return rows.map(({ detail }) => detail).join()
    })
    expect(plans).toHaveLength(4)
    expect(plans.filter((plan) => !/USING (COVERING )?INDEX print_job_open/.test(plan))).toEqual([])
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Claim, compareGrants, outranks, type Strength } from '#domain/claim.ts'
import { applyEvent, type Entry } from '#domain/entry.ts'
import type { EventBody, Fact, GrantNo } from '#domain/events.ts'

const grant = fc.record({ incarnation: fc.integer({ min: 0, max: 2 }), n: fc.integer({ min: 1, max: 3 }) })
const claim: fc.Arbitrary<Claim> = fc.record({
  strength: fc.constantFrom<Strength>(0, 1, 2, 3),
  grant,
  deviceId: fc.constantFrom('a', 'b', 'c'),
})
const same = (a: Claim, b: Claim) => JSON.stringify(a) === JSON.stringify(b)

describe('claims', () => {
  test('are totally ordered: never both, never neither, and in one line', () => {
    fc.assert(
      fc.property(claim, claim, claim, (a, b, c) => {
        expect(outranks(a, a)).toBe(false)
        if (!same(a, b)) expect(outranks(a, b)).toBe(!outranks(b, a))
        if (outranks(a, b) && outranks(b, c)) expect(outranks(a, c)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  test('order grants by incarnation first, so that a restored server is always later', () => {
    fc.assert(
      fc.property(grant, grant, (a: GrantNo, b: GrantNo) => {
        const order = Math.sign(compareGrants(a, b))
        expect(order).toBe(Math.sign(a.incarnation * 1_000 + a.n - b.incarnation * 1_000 - b.n))
      }),
    )
  })
})

const REF = { visitId: '0b5c1d0e-0f3a-4f5e-8c53-6a1b6f4f0a01', entryNo: 1 }
const KNOWN = {
  ...{ ...REF, label: 'A-001', businessDate: '2026-11-16', serviceId: 'ktp', priority: null, journeyId: null },
  ...{ issuedAt: 1, waitingSince: 1 },
}

/** All that a desk can do with one entry; what its status forbids is left out by the fold below. */
function acts(custody: GrantNo): Fact[] {
  return [
    { type: 'entry.called', data: { ...KNOWN, grant: custody } },
    { type: 'entry.presented', data: { ...KNOWN, grant: custody, reason: 'server_silent' } },
    { type: 'entry.serving', data: REF },
    { type: 'entry.call_undone', data: REF },
    { type: 'entry.returned', data: REF },
    { type: 'entry.held', data: { ...REF, reason: 'other' } },
    { type: 'entry.resumed', data: REF },
    { type: 'entry.no_show', data: { ...REF, calls: 1 } },
    { type: 'entry.called_back', data: REF },
    { type: 'entry.released', data: { ...REF, grant: custody } },
    { type: 'entry.completed', data: { ...REF, outcome: 'delivered', served: { ms: 1, estimated: false } } },
    { type: 'entry.superseded', data: { ...REF, byCounterId: null } },
  ]
}

/** Folds the acts that are allowed; returns the entry after each of them. */
function fold(custody: GrantNo, choices: readonly number[]): { fact: Fact; entry: Entry }[] {
  const all = acts(custody)
  const log: { fact: Fact; entry: Entry }[] = []
  let entry: Entry | null = null
  for (const choice of choices) {
    const fact = all[choice % all.length] as Fact
    const seq = log.length + 1
    const envelope = { v: 1, device: 'd', generation: 1, seq, at: seq, offset: 0 } as const
    const event: EventBody = { ...fact, ...envelope, counterId: 'c', epoch: 1, officerId: 'o' }
    try {
      entry = applyEvent(entry, event)
    } catch {
      continue
    }
    if (entry) log.push({ fact, entry })
  }
  return log
}

const choices = fc.array(fc.nat(11), { maxLength: 40 })
const GIVES_BACK: readonly Fact['type'][] = ['entry.released', 'entry.superseded']

describe('the claim of a desk', () => {
  test('never falls while it keeps custody, and is nothing once custody is given back', () => {
    fc.assert(
      fc.property(choices, (list) => {
        let before = 0
        for (const { fact, entry } of fold({ incarnation: 1, n: 1 }, list)) {
          if (GIVES_BACK.includes(fact.type)) expect(entry.strength).toBe(0)
          else expect(entry.strength).toBeGreaterThanOrEqual(before)
          before = entry.strength
        }
      }),
    )
  })

  test('told late is a lower bound, so of two desks never both give way', () => {
    fc.assert(
      fc.property(choices, choices, fc.nat(40), fc.nat(40), (listA, listB, seenA, seenB) => {
        const [grantA, grantB] = [
          { incarnation: 1, n: 1 },
          { incarnation: 0, n: 9 },
        ]
        const keep = (log: { fact: Fact; entry: Entry }[]) => {
          const end = log.findIndex(({ fact }) => GIVES_BACK.includes(fact.type))
          return end < 0 ? log : log.slice(0, end)
        }
        const [logA, logB] = [keep(fold(grantA, listA)), keep(fold(grantB, listB))]
        const [nowA, nowB] = [logA.at(-1)?.entry, logB.at(-1)?.entry]
        if (!nowA || !nowB) return
        const claimOf = ({ strength, grant: custody }: Entry, deviceId: string): Claim => ({
          strength,
          grant: custody,
          deviceId,
        })
        // Each is told what was known of the other at some earlier moment.
        const toldOfA = claimOf((logA[Math.min(seenA, logA.length - 1)] as (typeof logA)[number]).entry, 'a')
        const toldOfB = claimOf((logB[Math.min(seenB, logB.length - 1)] as (typeof logB)[number]).entry, 'b')
        const aGivesWay = outranks(toldOfB, claimOf(nowA, 'a'))
        const bGivesWay = outranks(toldOfA, claimOf(nowB, 'b'))
        expect(aGivesWay && bGivesWay).toBe(false)
        // And once both are told everything, exactly one does.
        expect(outranks(claimOf(nowB, 'b'), claimOf(nowA, 'a'))).not.toBe(
          outranks(claimOf(nowA, 'a'), claimOf(nowB, 'b')),
        )
      }),
      { numRuns: 500 },
    )
  })
})

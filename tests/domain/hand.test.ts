import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareGrants } from '#domain/claim.ts'
import type { GrantNo } from '#domain/events.ts'
import { answerRecall, type HandRow, takesGrant } from '#domain/hand.ts'

type Step = { kind: 'grant' | 'recall'; grant: GrantNo }
type Hand = { row: HandRow | null; tombstone: GrantNo | null }

const grant = fc.record({ incarnation: fc.integer({ min: 1, max: 2 }), n: fc.integer({ min: 1, max: 3 }) })
const step: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom('grant' as const, 'recall' as const), grant })

/** What a desk keeps, as its store does it. */
function take({ row, tombstone }: Hand, { kind, grant: asked }: Step): Hand & { answer: string | null } {
  if (kind === 'grant') {
    const isVoid = tombstone !== null && !takesGrant({ grant: tombstone, state: 'void' }, asked)
    const taken = !isVoid && takesGrant(row, asked)
    return { row: taken ? { grant: asked, state: 'held' } : row, tombstone, answer: null }
  }
  const { answer, act } = answerRecall(row, null, asked)
  const isUnseen = act === 'remember_void' || (act === 'release' && row && compareGrants(row.grant, asked) < 0)
  const later = tombstone && compareGrants(tombstone, asked) > 0 ? tombstone : asked
  return {
    row: act === 'release' && row ? { ...row, state: 'released' } : row,
    tombstone: isUnseen ? later : tombstone,
    answer,
  }
}

describe('grants and recalls in any order, late or twice', () => {
  test('a grant that was answered for is never in the hand again', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let hand: Hand = { row: null, tombstone: null }
        const answered: GrantNo[] = []
        for (const one of steps) {
          const next = take(hand, one)
          if (next.answer) answered.push(one.grant)
          hand = next
          const { row } = hand
          if (row?.state === 'held') expect(answered.some((old) => compareGrants(row.grant, old) <= 0)).toBe(false)
        }
      }),
      { numRuns: 1_000 },
    )
  })

  test('the same recall always gets an answer that means the same', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), grant, (steps, asked) => {
        let hand: Hand = { row: null, tombstone: null }
        for (const one of steps) hand = take(hand, one)
        const first = take(hand, { kind: 'recall', grant: asked })
        const second = take(first, { kind: 'recall', grant: asked })
        // Released under older custody is released once; the grant that was asked for never arrived.
        const means = (answer: string | null) => (answer === 'never_seen' ? 'released' : answer)
        expect(means(second.answer)).toBe(means(first.answer))
      }),
    )
  })

  test('what is open here stays, whatever is granted', () => {
    fc.assert(
      fc.property(grant, grant, (mine, other) => {
        expect(takesGrant({ grant: mine, state: 'used' }, other)).toBe(false)
        expect(answerRecall({ grant: mine, state: 'used' }, null, other)).toEqual({ answer: 'in_service', act: null })
      }),
    )
  })

  test.each(['released', 'void', 'held'] as const)('a later grant takes the place of one that is %s', (state) => {
    const row = { grant: { incarnation: 1, n: 5 }, state }
    expect(takesGrant(row, { incarnation: 1, n: 6 })).toBe(true)
    expect(takesGrant(row, { incarnation: 2, n: 1 })).toBe(true)
    expect(takesGrant(row, { incarnation: 1, n: 5 })).toBe(false)
    expect(takesGrant(row, { incarnation: 0, n: 900 })).toBe(false)
  })
})

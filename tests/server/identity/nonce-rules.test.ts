import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterHello, doubtsItself, type NonceState } from '#server/identity/nonce-rules.ts'

const FRESH: NonceState = { confirmed: null, offered: [], heard: false }

describe('the nonce of hello', () => {
  test('a device that was just enrolled may have none', () => {
    expect(afterHello(FRESH, null, 'a')).toEqual({ confirmed: null, offered: ['a'], heard: false })
  })

  test('the answer to the very first hello may be lost', () => {
    expect(afterHello({ ...FRESH, offered: ['a'] }, null, 'b')).toEqual({
      confirmed: null,
      offered: ['a', 'b'],
      heard: false,
    })
  })

  test('none is in doubt once a heartbeat has shown that the first answer arrived', () => {
    expect(afterHello({ confirmed: null, offered: ['a'], heard: true }, null, 'b')).toBeNull()
  })

  test('the offered one is confirmed by saying it', () => {
    expect(afterHello({ confirmed: 'a', offered: ['b'], heard: true }, 'b', 'c')).toMatchObject({
      confirmed: 'b',
      offered: ['c'],
    })
  })

  test('the confirmed one still counts: the answer with the offered one was lost', () => {
    expect(afterHello({ confirmed: 'a', offered: ['b'], heard: true }, 'a', 'c')).toMatchObject({
      confirmed: 'a',
      offered: ['b', 'c'],
    })
  })

  test('any offer since then may be the one that arrived: a hello that was given up can be answered last', () => {
    expect(afterHello({ confirmed: 'a', offered: ['b', 'c'], heard: true }, 'b', 'd')).toMatchObject({
      confirmed: 'b',
      offered: ['d'],
    })
  })

  test.each(['older', null])('%s is in doubt', (said) => {
    expect(afterHello({ confirmed: 'a', offered: ['b'], heard: true }, said, 'c')).toBeNull()
  })

  test('whatever answers are lost, the true device is never in doubt, and a copy is as soon as both have spoken', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }), fc.nat(), (arrives, copyAt) => {
        let state: NonceState = { confirmed: 'start', offered: [], heard: true }
        let known = 'start'
        const copies: string[] = []
        for (const [index, arrived] of arrives.entries()) {
          const next = afterHello(state, known, `n${index}`)
          if (!next) return false
          state = next
          if (index === copyAt % arrives.length) copies.push(known)
          if (arrived) known = `n${index}`
        }
        // Two more hellos of the true device end every copy's nonce.
        for (const last of ['x', 'y']) {
          const next = afterHello(state, known, last)
          if (!next) return false
          state = next
          known = last
        }
        return copies.every((nonce) => afterHello(state, nonce, 'z') === null)
      }),
    )
  })
})

describe('a workstation that brings no nonce', () => {
  const said = { nonce: null, incarnation: 1, generation: 1 }

  test.each([
    ['doubts its own store once it knows a server', said, { generation: 1 }, true],
    ['has just been enrolled', { ...said, incarnation: 0 }, { generation: 1 }, false],
    ['has been readmitted and does not know it yet', said, { generation: 2 }, false],
    ['brings one after all', { ...said, nonce: 'a' }, { generation: 1 }, false],
  ])('%s', (_what, hello, known, isDoubt) => {
    expect(doubtsItself(hello, known)).toBe(isDoubt)
  })
})

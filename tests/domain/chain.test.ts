import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ChainLink, findChainFault, GENESIS, linkHash, shortHash } from '#domain/chain.ts'
import { sha256 } from '#tests/support/sha256.ts'

function chainOf(bodies: readonly string[]): ChainLink[] {
  const links: ChainLink[] = []
  for (const body of bodies) {
    const prevHash = links.at(-1)?.hash ?? GENESIS
    links.push({ seq: links.length + 1, prevHash, hash: linkHash(sha256, prevHash, body), body })
  }
  return links
}

const bodies = fc.array(fc.string(), { minLength: 1, maxLength: 12 })

test('the first hash is SHA-256 over 64 zeros and the body', () => {
  expect(linkHash(sha256, GENESIS, '{}')).toBe(sha256(`${'0'.repeat(64)}{}`))
})

test('a chain as written has no fault, read whole or from any head on', () => {
  fc.assert(
    fc.property(bodies, fc.nat(), (texts, cut) => {
      const links = chainOf(texts)
      expect(findChainFault(sha256, links)).toBeNull()
      const at = cut % links.length
      const head = links[at]
      if (head) expect(findChainFault(sha256, links.slice(at + 1), head)).toBeNull()
    }),
  )
})

test('a changed body, a link left out and swapped neighbours are found where they are', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 3, maxLength: 12 }), fc.nat(), (texts, pick) => {
      const links = chainOf(texts)
      const at = pick % (links.length - 1)
      const seq = at + 1

      const changed = links.map((link, index) => (index === at ? { ...link, body: `${link.body}!` } : link))
      expect(findChainFault(sha256, changed)).toEqual({ seq, fault: 'HASH' })

      expect(findChainFault(sha256, links.toSpliced(at, 1))).toEqual({ seq, fault: 'GAP' })

      const [one, two] = links.slice(at, at + 2)
      if (one && two) {
        expect(findChainFault(sha256, links.toSpliced(at, 2, two, one))).toEqual({ seq, fault: 'GAP' })
      }
    }),
  )
})

test('a link that was hashed anew after a change is found by the next one', () => {
  const [first, second] = chainOf(['a', 'b'])
  if (!first || !second) throw new Error('two links expected')
  const forged = { ...first, body: 'x', hash: linkHash(sha256, GENESIS, 'x') }

  expect(findChainFault(sha256, [forged, second])).toEqual({ seq: 2, fault: 'PREV_HASH' })
})

test('the short hash is the first ten base32 characters of the hash', () => {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  fc.assert(
    fc.property(fc.string(), (text) => {
      const hash = sha256(text)
      const bits = [...hash].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('')
      const expected = Array.from({ length: 10 }, (_, n) => alphabet[Number.parseInt(bits.slice(n * 5, n * 5 + 5), 2)])
      expect(shortHash(hash)).toBe(expected.join(''))
    }),
  )
})

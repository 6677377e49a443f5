/**
 * The hash chain of a device's events: hash = SHA-256(prevHash || body), both as UTF-8 text, the hash in lower case hex.
 * The first event of a chain follows GENESIS. sha256 is passed in so that this folder imports nothing.
 */
import { base32Head } from '#domain/base32.ts'

export const GENESIS = '0'.repeat(64)

/** SHA-256 over UTF-8 text, as 64 lower case hex digits. */
export type Sha256 = (text: string) => string

export type ChainLink = { seq: number; prevHash: string; hash: string; body: string }

export function linkHash(sha256: Sha256, prevHash: string, body: string): string {
  return sha256(prevHash + body)
}

export type ChainFault = { seq: number; fault: 'GAP' | 'PREV_HASH' | 'HASH' }

/**
 * Checks links in order, starting after `head` (GENESIS before seq 1). Returns the first fault and where it is, or null.
 */
export function findChainFault(
  sha256: Sha256,
  links: Iterable<ChainLink>,
  head: { seq: number; hash: string } = { seq: 0, hash: GENESIS },
): ChainFault | null {
  let { seq, hash } = head
  for (const link of links) {
    if (link.seq !== seq + 1) return { seq: seq + 1, fault: 'GAP' }
    if (link.prevHash !== hash) return { seq: link.seq, fault: 'PREV_HASH' }
    if (linkHash(sha256, hash, link.body) !== link.hash) return { seq: link.seq, fault: 'HASH' }
    seq = link.seq
    hash = link.hash
  }
  return null
}

/** The first ten base32 characters (50 bits) of a hex hash: short enough to print, long enough to find. */
export function shortHash(hexHash: string): string {
  return base32Head(hexHash, 10)
}

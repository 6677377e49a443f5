/** Does a pushed piece of chain continue what is stored? Pure: answers with the events that are new, or refuses. */
import type { WireEvent } from '#contract/events.ts'
import { type ChainLink, findChainFault, GENESIS } from '#domain/chain.ts'
import { sha256 } from '#server/secrets.ts'
import { WireFailure } from '#server/wire-failure.ts'

export type ChainHead = { seq: number; hash: string }
export const EMPTY_CHAIN: ChainHead = { seq: 0, hash: GENESIS }

type Piece = { fromSeq: number; prevHash: string; events: readonly WireEvent[] }

/** The pushed events as links, after their own hashes are proven. Throws CHAIN_BROKEN. */
export function provenLinks({ fromSeq, prevHash, events }: Piece): ChainLink[] {
  const links = events.map((event, index) => ({ ...event, prevHash: events[index - 1]?.hash ?? prevHash }))
  const fault = findChainFault(sha256, links, { seq: fromSeq - 1, hash: prevHash })
  if (fault) throw new WireFailure('CHAIN_BROKEN', `${fault.fault} at seq ${fault.seq}`)
  return links
}

/**
 * The links that are not stored yet. `storedHash` gives the hash stored under a seq from `fromSeq - 1` up to the head.
 * Throws CHAIN_GAP when something between is missing, CHAIN_FORK when the device tells another past than before.
 */
export function newLinks(
  links: readonly ChainLink[],
  head: ChainHead,
  storedHash: (seq: number) => string | undefined,
): ChainLink[] {
  const [first] = links
  if (!first) return []
  if (first.seq > head.seq + 1) {
    throw new WireFailure('CHAIN_GAP', `expected seq ${head.seq + 1}, got ${first.seq}`)
  }
  const before = first.seq === 1 ? GENESIS : storedHash(first.seq - 1)
  if (before !== first.prevHash) throw new WireFailure('CHAIN_FORK', `another event ${first.seq - 1} is stored`)
  const forked = links.find((link) => link.seq <= head.seq && storedHash(link.seq) !== link.hash)
  if (forked) throw new WireFailure('CHAIN_FORK', `another event ${forked.seq} is stored`)
  return links.filter((link) => link.seq > head.seq)
}

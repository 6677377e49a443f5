/**
 * Is this the device that the server spoke to last? Every hello gets a new random nonce, and the next hello must bring it: a
 * copy of the store, or a stolen token, knows at best an older one.
 */

/** Hashes of nonces, as they are stored. */
export type NonceState = {
  /** The device has said it: it had arrived. */
  confirmed: string | null
  /**
   * Given in answers since then, oldest first. Any of them may be the one that arrived: answers are lost, and a hello that was
   * given up can reach the server after the next one.
   */
  offered: readonly string[]
  /** A heartbeat since enrolment or readmission: the first answer has arrived. */
  heard: boolean
}

/** The state to keep, with the next offer in it; null when the device is in doubt. */
export function afterHello(state: NonceState, said: string | null, nextOffer: string): NonceState | null {
  const { confirmed, offered, heard } = state
  if (confirmed === null && !heard) {
    // Nothing to compare with yet: just enrolled or readmitted. The answer to the very first hello can be lost as well.
    const isOurs = said !== null && offered.includes(said)
    return { confirmed: isOurs ? said : null, offered: isOurs ? [nextOffer] : withOffer(offered, nextOffer), heard }
  }
  if (said === null) return null
  if (said === confirmed) return { confirmed, offered: withOffer(offered, nextOffer), heard }
  return offered.includes(said) ? { confirmed: said, offered: [nextOffer], heard } : null
}

/**
 * Whether the workstation says itself that its store may be an old copy: it knows a server and brings no nonce. Only a
 * readmission settles that, never a server that forgot whom it knew: then both would go on from what is lost.
 */
export function doubtsItself(
  said: { nonce: string | null; incarnation: number; generation: number },
  known: { generation: number },
): boolean {
  const isFirst = said.incarnation === 0
  const isReadmitted = said.generation < known.generation
  return said.nonce === null && !isFirst && !isReadmitted
}

/** A device that asks again and again without ever hearing an answer remembers none of them. */
const KEPT_OFFERS = 16

function withOffer(offered: readonly string[], next: string): string[] {
  return [...offered, next].slice(-KEPT_OFFERS)
}

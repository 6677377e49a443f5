/**
 * Is this the device that the server spoke to last? Every hello gets a new random nonce, and the next hello must bring it: a
 * copy of the store, or a stolen token, knows at best an older one.
 */

/** Hashes of nonces, as they are stored. */
export type NonceState = {
  /** The device has said it: it had arrived. */
  confirmed: string | null
  /** Given in the last answer, which may have been lost. */
  offered: string | null
  /** A heartbeat since enrolment or readmission: the first answer has arrived. */
  heard: boolean
}

/** The state to keep, with the next offer in it; null when the device is in doubt. */
export function afterHello(state: NonceState, said: string | null, nextOffer: string): NonceState | null {
  const { confirmed, offered, heard } = state
  if (confirmed === null && !heard) {
    // Nothing to compare with yet: just enrolled or readmitted. The answer to the very first hello can be lost as well.
    return { confirmed: said !== null && said === offered ? said : null, offered: nextOffer, heard }
  }
  if (said === null) return null
  if (said === offered || said === confirmed) return { confirmed: said, offered: nextOffer, heard }
  return null
}

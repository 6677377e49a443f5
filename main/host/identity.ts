/**
 * Is this store the one that the server spoke to last, on the machine it was on? The store knows the nonce of the last hello; so
 * does a sidecar outside the store's folder, under a hash of the machine. A restored or copied store does not fit it.
 */
import type { Repositories } from '#db/repositories/index.ts'
import type { Sidecar } from '#main/host/ports.ts'

export type Identity = {
  /** Nothing is called from the hand until the server has settled it. */
  inDoubt(): boolean
  /** What hello says: null when the workstation itself doubts. */
  nonceToSay(): string | null
  /** Just enrolled: whatever the sidecar held belongs to an identity that is gone. */
  begin(): void
  /** Before the store takes a nonce: a crash between the two leaves a store that fits either way. */
  offer(nonce: string): void
  /** The store has taken it: the server has settled who this is. */
  settle(nonce: string): void
}

export function createIdentity(sidecar: Sidecar, device: Repositories['device']): Identity {
  // Read once: only this host writes it, and the machine does not change under a running program.
  let isOther: boolean | null = null

  function isOtherStore(): boolean {
    const nonce = device.get()?.nonce ?? null
    const known = sidecar.read()
    if (!known) return nonce !== null
    if (known.machine !== sidecar.machine()) return true
    return nonce !== known.nonce && (nonce === null || nonce !== known.pendingNonce)
  }

  function inStoreDoubt(): boolean {
    isOther ??= isOtherStore()
    return isOther
  }

  const inDoubt = (): boolean => inStoreDoubt() || device.get()?.in_doubt === 1

  return {
    inDoubt,
    nonceToSay: () => (inDoubt() ? null : (device.get()?.nonce ?? null)),
    begin() {
      sidecar.write({ nonce: null, pendingNonce: null, machine: sidecar.machine() })
      isOther = false
    },
    offer(nonce) {
      // In doubt, nothing that the store holds may become a nonce that fits.
      const before = inStoreDoubt() ? (sidecar.read()?.nonce ?? null) : (device.get()?.nonce ?? null)
      sidecar.write({ nonce: before, pendingNonce: nonce, machine: sidecar.machine() })
    },
    settle(nonce) {
      sidecar.write({ nonce, pendingNonce: null, machine: sidecar.machine() })
      isOther = false
    },
  }
}

/** A device's chain begins anew only when a supervisor said so; any other second chain is a second device. */
import type { HelloRequest } from '#contract/wire/hello.ts'
import type { DeviceRow } from '#server/store/schema.ts'

/** Why a device is in doubt. CHAIN_FORK is found by a push. */
export type Doubt = 'NONCE' | 'GENERATION' | 'CHAIN_CUT' | 'CHAIN_FORK'

/**
 * The generation that the device goes on with, or why it is in doubt. `headSeq`: what the server has of the generation it knows.
 * `isBehind`: the server was restored and the device has not asserted since.
 */
export function generationAfter(
  known: Pick<DeviceRow, 'generation'>,
  said: Pick<HelloRequest, 'generation' | 'headSeq'>,
  { headSeq, isBehind }: { headSeq: number; isBehind: boolean },
): number | Doubt {
  // Readmitted before the moment of the backup's loss: the device remembers what the server does not.
  if (said.generation > known.generation) return isBehind ? said.generation : 'GENERATION'
  // It learns of its readmission by this reply, or its answer was lost; once it has used the new chain there is no way back.
  if (said.generation < known.generation) return headSeq === 0 ? known.generation : 'GENERATION'
  // It had written more than it knows: an old copy of its store.
  return said.headSeq < headSeq ? 'CHAIN_CUT' : known.generation
}

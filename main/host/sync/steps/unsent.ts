/** How many facts the server has not confirmed, of every generation; what is withheld counts, too. */
import type { CoreContext } from '#main/host/context.ts'

export function unsentCount({ repositories }: CoreContext): number {
  const { device, events, olderChains } = repositories
  const { generation, acked_seq } = device.get() ?? { generation: 1, acked_seq: 0 }
  const older = olderChains
    .all()
    .reduce((sum, chain) => sum + Math.max(0, events.head(chain.generation).seq - chain.ackedSeq), 0)
  return older + Math.max(0, events.head(generation).seq - acked_seq)
}

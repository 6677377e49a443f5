/** Puts what the server told into the store: grants into the hand, waiting entries into the mirror, and the cursor. */
import type { Change, Grant } from '#contract/wire.ts'
import type { Repositories } from '#db/repositories/index.ts'

export type StreamedChange = { cursor: number | null; change: Change }

/** Inside the caller's transaction. Applying the same change twice changes nothing. */
export function applyChange(repositories: Repositories, { cursor, change }: StreamedChange): void {
  if (change.kind === 'granted') takeGrant(repositories, change.grant)
  if (change.kind === 'queue') {
    const { status, ...row } = change.row
    if (status === 'waiting' && !repositories.hand.isUsed(row)) repositories.queue.put(row)
    else repositories.queue.remove(row)
  }
  if (cursor !== null) repositories.device.setCursor(cursor)
}

export function takeGrant(repositories: Repositories, grant: Grant): void {
  repositories.hand.grant({ ...grant, isPriority: grant.priority !== null })
}

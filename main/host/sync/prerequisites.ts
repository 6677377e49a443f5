/** Fetches what earlier steps of a visit handed over, for the desk that serves its next step. */
import type { Store } from '#db/open.ts'
import type { Repositories } from '#db/repositories/index.ts'
import type { MallClient } from '#main/host/sync/mall-client.ts'

/** Returns whether there was something. Throws MallError. */
export async function fetchPrerequisites(
  store: Store,
  repositories: Repositories,
  client: MallClient,
  visitId: string,
): Promise<boolean> {
  const { texts } = await client.prerequisites(visitId)
  if (texts.length === 0) return false
  store.transaction(() => {
    for (const text of texts) repositories.personalTexts.addReceived(text)
  })
  return true
}

/**
 * Visits in the hand or at the desk that were at another desk before, and for which nothing has arrived yet. Whether a journey
 * brought them is not asked: a slip does not say.
 */
export function visitsWithoutTexts({ hand, entries, personalTexts }: Repositories): string[] {
  const current = entries.current()
  const open = [...hand.allHeld(), ...(current ? [current] : [])]
  return open
    .filter(({ entryNo, visitId }) => entryNo > 1 && personalTexts.ofVisit(visitId).length === 0)
    .map(({ visitId }) => visitId)
}

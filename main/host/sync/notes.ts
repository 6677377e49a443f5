/** Fetches what other counters of the agency noted about visits that are here now. */
import { personalTextHash } from '#domain/personal-text.ts'
import type { CoreContext } from '#main/host/context.ts'
import { type MallClient, MallError } from '#main/host/sync/mall-client.ts'

/** Every visit that the server named; what cannot be fetched now stays named. Throws MallError. */
export async function fetchNotes(context: CoreContext, client: MallClient): Promise<void> {
  const { store, repositories, sha256 } = context
  for (const visitId of repositories.notes.wanted()) {
    const notes = await notesOf(client, visitId)
    store.transaction(() => {
      for (const { salt, value, ...rest } of notes) {
        repositories.notes.addReceived({ ...rest, salt, value, valueHash: personalTextHash(sha256, salt, value) })
      }
      repositories.notes.unwant(visitId)
    })
  }
}

/** None when the visit has left this counter meanwhile. */
async function notesOf(client: MallClient, visitId: string) {
  try {
    return (await client.visitNotes(visitId)).notes
  } catch (error) {
    if (error instanceof MallError && error.code === 'FORBIDDEN') return []
    throw error
  }
}

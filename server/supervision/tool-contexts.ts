/** Malls as a tool at the server's own console sees them. */
import { allMalls } from '#server/config/malls.ts'
import type { MallContext } from '#server/context.ts'
import { loadSigningKey } from '#server/identity/sign-head.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import type { Db } from '#server/store/schema.ts'
import type { Bell } from '#server/stream/bell.ts'

export async function toolContexts(db: Db, bell: Bell, now: () => number): Promise<MallContext[]> {
  const shared = { db, bell, signingKey: await loadSigningKey(db), now }
  const incarnation = await currentIncarnation(db)
  return (await allMalls(db)).map(({ mallId, mall }) => ({ ...shared, mallId, mall, incarnation }))
}

/** The server as one mall sees it, for whoever calls without a device: supervisors and tools. */
import { latestConfig } from '#server/config/import-config.ts'
import { mallOf } from '#server/config/mall.ts'
import type { MallContext } from '#server/context.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'

/** Null for a mall that this database does not have. */
export async function mallContextOf(
  { db, bell, signingKey, now }: Pick<MallContext, 'db' | 'bell' | 'signingKey' | 'now'>,
  mallId: string,
): Promise<MallContext | null> {
  const config = await latestConfig(db, mallId)
  if (!config) return null
  return { db, bell, signingKey, now, mallId, mall: mallOf(config), incarnation: await currentIncarnation(db) }
}

/** The malls of this database with their newest configuration, each read when its first device calls. */

import { latestConfig } from '#server/config/import-config.ts'
import { type Mall, mallOf } from '#server/config/mall.ts'
import type { Db } from '#server/store/schema.ts'

export class Malls {
  readonly #db: Db
  readonly #known = new Map<string, Mall>()

  constructor(db: Db) {
    this.#db = db
  }

  /** `version`: the newest there is, as the caller has just read it; an older one in memory is replaced. */
  async of(mallId: string, version: number): Promise<Mall> {
    const known = this.#known.get(mallId)
    if (known && known.config.version >= version) return known
    const config = await latestConfig(this.#db, mallId)
    if (!config) throw new Error(`mall ${mallId} has no configuration`)
    const mall = mallOf(config)
    this.#known.set(mallId, mall)
    return mall
  }
}

/** For work that no caller begins. */
export async function allMalls(db: Db): Promise<{ mallId: string; mall: Mall }[]> {
  const malls: { mallId: string; mall: Mall }[] = []
  for (const { id } of await db.selectFrom('mall').select('id').orderBy('id').execute()) {
    const config = await latestConfig(db, id)
    if (config) malls.push({ mallId: id, mall: mallOf(config) })
  }
  return malls
}

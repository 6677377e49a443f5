import type { Mall } from '#server/config/mall.ts'
import type { Db } from '#server/store/schema.ts'
import type { Bell } from '#server/stream/bell.ts'

/** What every route and rule of a running server works with. */
export type ServerContext = {
  db: Db
  mall: Mall
  /** Grants order by (incarnation, n). */
  incarnation: number
  /** Tells open change streams that there is something to read. */
  bell: Bell
  /** Epoch ms. */
  now: () => number
}

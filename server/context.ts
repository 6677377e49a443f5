import type { KeyObject } from 'node:crypto'
import type { Mall } from '#server/config/mall.ts'
import type { Malls } from '#server/config/malls.ts'
import type { Db } from '#server/store/schema.ts'
import type { Bell } from '#server/stream/bell.ts'

/** What a running server has, whichever mall a caller belongs to. */
export type ServerContext = {
  db: Db
  malls: Malls
  /** Tells open change streams, here and in other processes on the same database, that there is something to read. */
  bell: Bell
  /** Signs what devices may rely on: the heads of their chains. */
  signingKey: KeyObject
  /** Epoch ms. */
  now: () => number
  /** How long anybody waits for a holder's answer: RECALL_MS, unless a test gives its holders more time. */
  recallMs?: number | undefined
}

/** What every route and rule works with: the server as one mall sees it at this request. */
export type MallContext = Omit<ServerContext, 'malls'> & {
  mallId: string
  mall: Mall
  /** Grants order by (incarnation, n). */
  incarnation: number
}

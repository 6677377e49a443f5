import type { EntryAsKnown } from '#domain/events.ts'
import type { MallContext } from '#server/context.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

/** Where an entry comes from, for one that the server has not heard of yet. */
export type Origin = {
  /** The device whose `visit.issued` this is; null when the entry is told of by a call, a slip or an assertion. */
  issuerDeviceId: string | null
  /** The incarnation it was born in: the one before for what was written before its device adopted the present one. */
  bornIncarnation: number
}

/** The entry as the server has it, made from what a device knows of it when the server has not heard of it yet. */
export declare function ensureEntry(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  data: Omit<EntryAsKnown, 'grant'>,
  origin: Origin,
): Promise<EntryState | 'LABEL_TAKEN' | 'UNKNOWN_SERVICE' | 'NOT_YOURS'>

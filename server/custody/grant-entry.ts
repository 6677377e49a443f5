/** The dealer gives custody away: each grant has its own number, newer than all before. */

import type { MallContext } from '#server/context.ts'
import { heldBy } from '#server/custody/custody.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { refuseStranger } from '#server/identity/doubt.ts'
import { currentIncarnation } from '#server/incarnation/current-incarnation.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'

export type Grantee = { counterId: string; deviceId: string }

/** For an entry that nobody holds. The device is told. */
export async function grantEntry(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  entry: EntryState,
  to: Grantee,
): Promise<void> {
  await grantEntries(trx, touched, context, [{ entry, to }])
}

export async function grantEntries(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  grants: readonly { entry: EntryState; to: Grantee }[],
): Promise<void> {
  if (grants.length === 0) return
  const { mallId, incarnation } = context
  // The request may have waited while a new incarnation began: its devices have to assert before they are given anything.
  refuseStranger(context, { incarnation: await currentIncarnation(trx) })
  let n = await takeNumbers(trx, mallId, 'grant', grants.length)
  for (const { entry, to } of grants) {
    touched.entries.patch(entry, heldBy(entry.row, { ...to, grant: { incarnation, n } }))
    touched.granted(entry)
    n += 1
  }
}

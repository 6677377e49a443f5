import type { ServerContext } from '#server/context.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { EntryRow, SessionRow, Trx } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'

/** Gives custody of an entry that nobody holds to a session's device. Returns the row as it is now. */
export async function grantEntry(
  trx: Trx,
  { incarnation }: ServerContext,
  touched: Touched,
  entry: EntryRow,
  session: SessionRow,
): Promise<EntryRow> {
  const custody = {
    counter_id: session.counter_id,
    device_id: session.device_id,
    grant_incarnation: incarnation,
    grant_n: await takeNumbers(trx, 'grant'),
  }
  await trx
    .updateTable('entry')
    .set(custody)
    .where('visit_id', '=', entry.visit_id)
    .where('entry_no', '=', entry.entry_no)
    .execute()
  touched.entry({ visitId: entry.visit_id, entryNo: entry.entry_no }, true)
  return { ...entry, ...custody }
}

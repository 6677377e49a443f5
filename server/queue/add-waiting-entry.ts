import type { Touched } from '#server/queue/touched.ts'
import type { EntryRow, Trx } from '#server/store/schema.ts'
import { takeNumbers } from '#server/store/sequence.ts'

export type NewEntry = Pick<
  EntryRow,
  | 'visit_id'
  | 'entry_no'
  | 'service_id'
  | 'label'
  | 'business_date'
  | 'priority'
  | 'journey_id'
  | 'issued_at'
  | 'waiting_since'
>

/** An entry at the end of the line, held by nobody until it is dealt. */
export async function addWaitingEntry(trx: Trx, touched: Touched, entry: NewEntry): Promise<void> {
  await trx
    .insertInto('entry')
    .values({
      ...entry,
      status: 'waiting',
      ord: await takeNumbers(trx, 'arrival'),
      ...UNHELD,
      called_at: null,
      serving_at: null,
      ended_at: null,
      officer_id: null,
      outcome: null,
      served_ms: null,
      to_service_id: null,
    })
    .execute()
  touched.entry({ visitId: entry.visit_id, entryNo: entry.entry_no })
}

export const UNHELD = { counter_id: null, device_id: null, grant_incarnation: null, grant_n: null }

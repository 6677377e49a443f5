/** An entry's row as the wire shows it. */
import type { QueueRow } from '#contract/wire/changes.ts'
import type { Grant } from '#contract/wire/hands.ts'
import { placeAsKnown, rankOf } from '#server/custody/place-in-line.ts'
import type { EntryRow } from '#server/store/schema.ts'

export function toQueueRow(row: EntryRow): QueueRow {
  return {
    visitId: row.visit_id,
    entryNo: row.entry_no,
    label: row.label,
    businessDate: row.business_date,
    serviceId: row.service_id,
    status: row.status,
    priority: row.priority,
    waitingSince: row.waiting_since,
    order: row.ord,
    counterId: row.counter_id,
    appointmentAt: row.appointment_at ?? undefined,
    rank: rankOf(row),
  }
}

/** Throws for an entry that nobody holds. */
export function toGrant(row: EntryRow): Grant {
  if (row.grant_incarnation === null || row.grant_n === null) throw new Error(`entry ${row.ord} is not granted`)
  return {
    visitId: row.visit_id,
    entryNo: row.entry_no,
    grant: { incarnation: row.grant_incarnation, n: row.grant_n },
    label: row.label,
    businessDate: row.business_date,
    serviceId: row.service_id,
    priority: row.priority,
    journeyId: row.journey_id,
    issuedAt: row.issued_at,
    waitingSince: row.waiting_since,
    ...placeAsKnown(row),
    order: row.ord,
  }
}

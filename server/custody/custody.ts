/** Who holds an entry, as columns of its row: all set or all null. */
import type { GrantNo } from '#domain/events.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import type { EntryRow } from '#server/store/schema.ts'

export type Holder = { counterId: string | null; deviceId: string; grant: GrantNo }

/** A recall is about one grant: with another grant it is forgotten. */
export const NOT_RECALLED = { recall_asked_at: null, recall_answer: null, recall_for: null }

export const UNHELD = {
  counter_id: null,
  device_id: null,
  grant_incarnation: null,
  grant_n: null,
  winner_device_id: null,
  ...NOT_RECALLED,
}

export const NOT_OPENED = {
  called_at: null,
  serving_at: null,
  ended_at: null,
  officer_id: null,
  outcome: null,
  served_ms: null,
  payment_reference: null,
  delivered: null,
  to_service_id: null,
  out_of_order: null,
  slip_shown: 0,
}

/**
 * Columns for custody when the claim of this device ends. What it did came late, and in one piece with its end: a counter that was
 * dealt the entry meanwhile has not heard of it and holds it as before.
 */
export function heldWithout({ dealt }: EntryState, deviceId: string): Partial<EntryRow> {
  if (!dealt || dealt.device_id === deviceId) return UNHELD
  const { counter_id, device_id, grant_incarnation, grant_n } = dealt
  const { recall_asked_at, recall_answer, recall_for } = dealt
  const custody = { counter_id, device_id, grant_incarnation, grant_n, winner_device_id: null }
  return { ...custody, recall_asked_at, recall_answer, recall_for }
}

/** Columns for custody of `holder`. Under the grant that it has already, what is known of a recall stays. */
export function heldBy(row: EntryRow, { counterId, deviceId, grant }: Holder): Partial<EntryRow> {
  const custody = { counter_id: counterId, device_id: deviceId, grant_incarnation: grant.incarnation, grant_n: grant.n }
  return isHeldUnder(row, deviceId, grant) ? custody : { ...custody, ...NOT_RECALLED }
}

export function isHeldUnder(row: EntryRow, deviceId: string, grant: GrantNo): boolean {
  return row.device_id === deviceId && row.grant_incarnation === grant.incarnation && row.grant_n === grant.n
}

/** Null when nobody holds it. */
export function holderOf({ row }: EntryState): Holder | null {
  const { device_id, counter_id, grant_incarnation, grant_n } = row
  if (device_id === null || grant_incarnation === null || grant_n === null) return null
  return { deviceId: device_id, counterId: counter_id, grant: { incarnation: grant_incarnation, n: grant_n } }
}

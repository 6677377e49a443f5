/** A device's claim on an entry: its row, and the entry as the shared fold knows it. */
import type { Claim } from '#domain/claim.ts'
import { deliveredText, readDelivered } from '#domain/delivered.ts'
import type { Entry } from '#domain/entry.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { placeAsKnown } from '#server/custody/place-in-line.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { ClaimRow, EntryRow } from '#server/store/schema.ts'

export function claimOf(state: EntryState, deviceId: string): ClaimRow | null {
  return state.claims.get(deviceId) ?? null
}

export function putClaim(touched: Touched, state: EntryState, claim: ClaimRow): void {
  touched.entries.putClaim(state, claim)
}

/** Whether it counts: a claim whose custody was given back or taken does not. */
export function isActive({ standing, strength }: ClaimRow): boolean {
  return standing === 'active' && strength > 0
}

/** The front desk that gave the number took it back. No counter's own claim looks so: each names its counter. */
export function isTakenBack({ status, strength, counter_id }: ClaimRow): boolean {
  return status === 'cancelled' && strength === 0 && counter_id === null
}

export function asClaim({ strength, grant_incarnation, grant_n, device_id }: ClaimRow): Claim {
  return { strength, grant: { incarnation: grant_incarnation, n: grant_n }, deviceId: device_id }
}

export function toEntry(claim: ClaimRow, row: EntryRow): Entry {
  const { served_ms: ms, served_estimated } = claim
  return {
    visitId: claim.visit_id,
    entryNo: claim.entry_no,
    grant: { incarnation: claim.grant_incarnation, n: claim.grant_n },
    label: row.label,
    businessDate: row.business_date,
    serviceId: row.service_id,
    priority: row.priority,
    journeyId: row.journey_id,
    issuedAt: row.issued_at,
    waitingSince: row.waiting_since,
    status: claim.status,
    strength: claim.strength,
    counterId: claim.counter_id,
    officerId: claim.officer_id,
    calledAt: claim.called_at,
    calls: claim.calls,
    servingAt: claim.serving_at,
    endedAt: claim.ended_at,
    outcome: claim.outcome,
    served: ms === null ? null : { ms, estimated: served_estimated === 1 },
    paymentReference: claim.payment_reference,
    delivered: readDelivered(claim.delivered),
    toServiceId: claim.to_service_id,
    outOfOrder: claim.out_of_order ?? undefined,
    turn: claim.slip_shown === 1 ? 'slip_shown' : undefined,
    ...placeAsKnown(row),
    // Only the desk that set it aside shows why.
    hold: null,
  }
}

/** The columns of a claim that the fold decides. */
export function fromEntry(entry: Entry) {
  return {
    visit_id: entry.visitId,
    entry_no: entry.entryNo,
    status: entry.status,
    strength: entry.strength,
    grant_incarnation: entry.grant.incarnation,
    grant_n: entry.grant.n,
    counter_id: entry.counterId,
    officer_id: entry.officerId,
    called_at: entry.calledAt,
    calls: entry.calls,
    serving_at: entry.servingAt,
    ended_at: entry.endedAt,
    outcome: entry.outcome,
    served_ms: entry.served?.ms ?? null,
    served_estimated: entry.served ? Number(entry.served.estimated) : null,
    payment_reference: entry.paymentReference,
    delivered: deliveredText(entry.delivered),
    to_service_id: entry.toServiceId,
    out_of_order: entry.outOfOrder ?? null,
    slip_shown: Number(entry.turn === 'slip_shown'),
  }
}

/** A claim of a device that never opened the entry, for what has to be remembered about it all the same. */
export function unopenedClaim(
  { row }: EntryState,
  holder: { deviceId: string; counterId: string | null; grant: { incarnation: number; n: number } },
): ClaimRow {
  return {
    visit_id: row.visit_id,
    entry_no: row.entry_no,
    device_id: holder.deviceId,
    mall_id: row.mall_id,
    status: 'waiting',
    strength: 0,
    standing: 'active',
    grant_incarnation: holder.grant.incarnation,
    grant_n: holder.grant.n,
    counter_id: holder.counterId,
    officer_id: null,
    epoch: null,
    called_at: null,
    calls: 0,
    serving_at: null,
    ended_at: null,
    outcome: null,
    served_ms: null,
    served_estimated: null,
    payment_reference: null,
    delivered: null,
    to_service_id: null,
    to_counter_id: null,
    to_journey_id: null,
    to_place: null,
    to_returns_service_id: null,
    to_returns_counter_id: null,
    to_returns_journey_id: null,
    out_of_order: null,
    slip_shown: 0,
  }
}

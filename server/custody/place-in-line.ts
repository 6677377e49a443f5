/** Appointment, place in line and way back, as columns of an entry. */
import type { EntryAsKnown, Rank, ReturnsTo } from '#domain/events.ts'
import { goesFirst, rankSince } from '#domain/rank.ts'
import type { EntryRow } from '#server/store/schema.ts'

type Place = Pick<
  EntryRow,
  | 'appointment_at'
  | 'rank_since'
  | 'rank_by'
  | 'goes_first'
  | 'returns_service_id'
  | 'returns_counter_id'
  | 'returns_journey_id'
>

export function placeOf(entry: Pick<EntryAsKnown, 'waitingSince' | 'appointmentAt' | 'rank' | 'returnsTo'>): Place {
  const { appointmentAt, rank, returnsTo } = entry
  return {
    appointment_at: appointmentAt ?? null,
    rank_since: rankSince(entry),
    rank_by: rank?.by ?? null,
    goes_first: Number(goesFirst(entry)),
    returns_service_id: returnsTo?.serviceId ?? null,
    returns_counter_id: returnsTo?.counterId ?? null,
    returns_journey_id: returnsTo?.journeyId ?? null,
  }
}

/** The same as the wire and the facts say it. */
export function placeAsKnown(row: Place): Pick<EntryAsKnown, 'appointmentAt' | 'rank' | 'returnsTo'> {
  return { appointmentAt: row.appointment_at ?? undefined, rank: rankOf(row), returnsTo: returnsToOf(row) }
}

export function rankOf({ rank_since: since, rank_by: by }: Pick<Place, 'rank_since' | 'rank_by'>): Rank | undefined {
  return by === null ? undefined : { since, by }
}

function returnsToOf(row: Place): ReturnsTo | undefined {
  const { returns_service_id: serviceId, returns_counter_id: counterId, returns_journey_id: journeyId } = row
  return serviceId === null || counterId === null ? undefined : { serviceId, counterId, journeyId }
}

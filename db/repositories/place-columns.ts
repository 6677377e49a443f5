/** Appointment, place in line and way back, as the tables of entries keep them. */
import type { EntryAsKnown, Rank, RankReason, ReturnsTo } from '#domain/events.ts'
import { goesFirst, rankSince } from '#domain/rank.ts'

export type ReturnColumns = {
  returns_service_id: string | null
  returns_counter_id: string | null
  returns_journey_id: string | null
}

/** For tables that are read in the order of calls. */
export type LineColumns = { rank_since: number; rank_by: RankReason | null; goes_first: number }

export function lineColumns(entry: Pick<EntryAsKnown, 'waitingSince' | 'rank'>): LineColumns {
  return { rank_since: rankSince(entry), rank_by: entry.rank?.by ?? null, goes_first: Number(goesFirst(entry)) }
}

export function rankOf({ rank_since, rank_by }: { rank_since: number | null; rank_by: RankReason | null }) {
  return rank_since === null || rank_by === null ? undefined : ({ since: rank_since, by: rank_by } satisfies Rank)
}

export function returnColumns({ returnsTo }: Pick<EntryAsKnown, 'returnsTo'>): ReturnColumns {
  return {
    returns_service_id: returnsTo?.serviceId ?? null,
    returns_counter_id: returnsTo?.counterId ?? null,
    returns_journey_id: returnsTo?.journeyId ?? null,
  }
}

export function returnsToOf(row: ReturnColumns): ReturnsTo | undefined {
  const { returns_service_id: serviceId, returns_counter_id: counterId, returns_journey_id: journeyId } = row
  return serviceId === null || counterId === null ? undefined : { serviceId, counterId, journeyId }
}

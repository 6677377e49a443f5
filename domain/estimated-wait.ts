/**
 * How long a visitor who comes now will wait, as a range in minutes: said as help, never as a promise. Each open counter works off
 * what waits for its services; what several counters take is shared among them.
 */

/** One service at this moment. */
export type ServiceLoad = {
  serviceId: string
  /** Waiting now, with and without priority. */
  priority: number
  regular: number
  /** Served lately, ms; null when too few were served today to tell. */
  recentMs: number | null
  standardMinutes: number
}

export type WorkingCounter = {
  serviceIds: readonly string[]
  /** Somebody is called or served there. */
  busy: boolean
}

/** The mall at this moment, as a visitor with or without priority meets it. */
export type Hall = {
  isPriority: boolean
  /** Regular entries called between two priority entries while both wait. */
  regularPerPriority: number
  services: readonly ServiceLoad[]
  /** Open and not pausing. */
  counters: readonly WorkingCounter[]
}

/** Minutes, both multiples of five; `from` may be 0. */
export type WaitRange = { from: number; to: number }

const MINUTE = 60_000
/** The shortest range, and what every bound is a multiple of. */
const STEP = 5
/** People are quicker and slower than the middle of those before them. */
const QUICK = 0.8
const SLOW = 1.3
/** A day has no more; beyond that a number says nothing. */
const LONGEST = 480

/** By service; null when no open counter takes it: then nobody can say. Counted once for all services: a mall has hundreds. */
export function estimateWaits(hall: Hall): (serviceId: string) => WaitRange | null {
  const { services, counters } = hall
  const durations = new Map(services.map((service) => [service.serviceId, durationOf(service)]))
  const takers = new Map<string, WorkingCounter[]>()
  for (const counter of counters) {
    for (const serviceId of counter.serviceIds) takers.set(serviceId, [...(takers.get(serviceId) ?? []), counter])
  }
  // Milliseconds that each counter which takes the service works before it is the new visitor's turn.
  const work = new Map(
    services.map((service) => {
      const sharing = takers.get(service.serviceId)?.length ?? 0
      return [service.serviceId, sharing === 0 ? 0 : (aheadOf(service, hall) * durationOf(service)) / sharing]
    }),
  )
  const loads = new Map(
    counters.map((counter) => [counter, counter.serviceIds.reduce((sum, id) => sum + (work.get(id) ?? 0), 0)]),
  )
  return (serviceId) => {
    const able = takers.get(serviceId)
    if (!able) return null
    const half = (durations.get(serviceId) ?? 0) / 2
    const sum = able.reduce((total, counter) => total + (loads.get(counter) ?? 0) + (counter.busy ? half : 0), 0)
    return rangeOf(sum / able.length / MINUTE)
  }
}

function rangeOf(minutes: number): WaitRange {
  const quick = minutes * QUICK
  const slow = minutes * SLOW
  const from = Math.min(Math.floor(quick / stepOf(quick)) * stepOf(quick), LONGEST - stepOf(LONGEST))
  const to = Math.min(Math.ceil(slow / stepOf(slow)) * stepOf(slow), LONGEST)
  return { from, to: Math.max(to, from + STEP) }
}

/** A long wait is not known to five minutes: beyond an hour by the quarter, beyond two by the half hour. */
function stepOf(minutes: number): number {
  if (minutes > 120) return 30
  return minutes > 60 ? 15 : STEP
}

/** Who goes before: everybody who waits, or with priority those with priority and as many regulars as the ratio lets between. */
function aheadOf({ priority, regular }: ServiceLoad, { isPriority, regularPerPriority }: Hall): number {
  return isPriority ? priority + Math.min(regular, priority * regularPerPriority) : priority + regular
}

function durationOf({ recentMs, standardMinutes }: ServiceLoad): number {
  return recentMs ?? standardMinutes * MINUTE
}

/** Fewer say nothing about the next one. */
const FEWEST = 3

/** The middle one of the last services, ms; null when there are too few. */
export function recentDuration(served: readonly number[]): number | null {
  if (served.length < FEWEST) return null
  const sorted = served.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

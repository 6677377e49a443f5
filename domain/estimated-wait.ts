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

export type WaitQuestion = {
  serviceId: string
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
const STEP = 5
/** People are quicker and slower than the middle of those before them. */
const QUICK = 0.8
const SLOW = 1.3
/** A day has no more; beyond that a number says nothing. */
const LONGEST = 480

/** Null when no open counter takes the service: then nobody can say. */
export function estimateWait(question: WaitQuestion): WaitRange | null {
  const { serviceId, services, counters } = question
  const able = counters.filter((counter) => counter.serviceIds.includes(serviceId))
  if (able.length === 0) return null
  const work = new Map(services.map((service) => [service.serviceId, workPerCounter(service, question)]))
  const loads = able.map((counter) => {
    const waiting = counter.serviceIds.reduce((sum, id) => sum + (work.get(id) ?? 0), 0)
    return waiting + (counter.busy ? durationOf(services.find((one) => one.serviceId === serviceId)) / 2 : 0)
  })
  const minutes = loads.reduce((sum, load) => sum + load, 0) / able.length / MINUTE
  const from = Math.min(Math.floor((minutes * QUICK) / STEP) * STEP, LONGEST - STEP)
  const to = Math.min(Math.ceil((minutes * SLOW) / STEP) * STEP, LONGEST)
  return { from, to: Math.max(to, from + STEP) }
}

/** Milliseconds that each counter which takes this service works before it is the new visitor's turn. */
function workPerCounter(service: ServiceLoad, { counters, isPriority, regularPerPriority }: WaitQuestion): number {
  const sharing = counters.filter((counter) => counter.serviceIds.includes(service.serviceId)).length
  if (sharing === 0) return 0
  return (aheadOf(service, isPriority, regularPerPriority) * durationOf(service)) / sharing
}

/** Who goes before: everybody who waits, or with priority those with priority and as many regulars as the ratio lets between. */
function aheadOf({ priority, regular }: ServiceLoad, isPriority: boolean, regularPerPriority: number): number {
  return isPriority ? priority + Math.min(regular, priority * regularPerPriority) : priority + regular
}

function durationOf(service: ServiceLoad | undefined): number {
  if (!service) return 0
  return service.recentMs ?? service.standardMinutes * MINUTE
}

/** Fewer say nothing about the next one. */
const FEWEST = 3

/** The middle one of the last services, ms; null when there are too few. */
export function recentDuration(served: readonly number[]): number | null {
  if (served.length < FEWEST) return null
  const sorted = served.toSorted((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

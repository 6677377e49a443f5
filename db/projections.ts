/** Projections are derived: the same fold is used when an event is appended and when a log is verified. */
import type { Repositories } from '#db/repositories/index.ts'
import { applyEvent, isEntryEvent, mallTime } from '#domain/entry.ts'
import type { EventBody } from '#domain/events.ts'

/** Where a fold keeps its rows: the tables, or memory while a log is verified. */
export type ProjectionRows = {
  entries: Pick<Repositories['entries'], 'get' | 'put'>
  visits: Pick<Repositories['visits'], 'add' | 'cancel'>
  notes: Pick<Repositories['notes'], 'add'>
}

/** Brings entry, visit and note rows up to date with one more event. Inside the caller's transaction. */
export function project({ entries, visits, notes }: ProjectionRows, event: EventBody): void {
  if (event.type === 'visit.issued' || event.type === 'visit.issued_here') {
    visits.add(event.data, mallTime(event))
    return
  }
  if (event.type === 'visit.cancelled') {
    visits.cancel(event.data.visitId, mallTime(event))
    return
  }
  if (!isEntryEvent(event)) return
  const { visitId, entryNo } = event.data
  const next = applyEvent(entries.get({ visitId, entryNo }), event)
  if (event.type === 'entry.noted') {
    const { counterId, officerId } = event
    notes.add({ ...event.data, counterId, officerId, notedAt: mallTime(event) })
  } else if (next) entries.put(next)
}

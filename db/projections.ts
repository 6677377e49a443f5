/** Projections are derived: the same fold is used when an event is appended and when they are rebuilt from the log. */
import type { Repositories } from '#db/repositories/index.ts'
import { applyEvent, mallTime } from '#domain/entry.ts'
import type { EventBody } from '#domain/events.ts'

/** Brings entry and visit rows up to date with one more event. Inside the caller's transaction. */
export function project(repositories: Pick<Repositories, 'entries' | 'visits'>, event: EventBody): void {
  if (event.type === 'visit.issued') {
    repositories.visits.add(event.data, mallTime(event))
    return
  }
  if (!event.type.startsWith('entry.') || event.type === 'entry.released') return
  const { visitId, entryNo } = event.data as { visitId: string; entryNo: number }
  const next = applyEvent(repositories.entries.get({ visitId, entryNo }), event)
  if (next) repositories.entries.put(next)
}

/** Empties the projections and folds the whole log again. Inside the caller's transaction. */
export function rebuildProjections(repositories: Pick<Repositories, 'entries' | 'visits' | 'events'>): void {
  repositories.entries.clear()
  repositories.visits.clear()
  for (const event of repositories.events.all()) project(repositories, event)
}

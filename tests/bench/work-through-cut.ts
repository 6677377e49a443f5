/** What an officer does all day, command by command, at a desk that hears nobody. */
import type { DeskHost } from '#tests/bench/product/host.ts'
import { eventsOfStore } from '#tests/bench/product/stored.ts'

type Entry = { visitId: string; entryNo: number }

/** Of ten visitors: who comes, who has to be called again, who never comes, who is sent on. */
const COURSES = ['plain', 'plain', 'plain', 'again', 'plain', 'plain', 'plain', 'absent', 'plain', 'sentOn'] as const

const EVENTS_OF = { plain: 3, again: 4, absent: 3, sentOn: 3 } as const

/** How many visitors it takes until there are so many events. */
export function visitsFor(events: number): number {
  let written = 0
  let visits = 0
  for (; written < events; visits += 1) written += EVENTS_OF[courseOf(visits)]
  return visits
}

const courseOf = (visit: number) => COURSES[visit % COURSES.length] ?? 'plain'

/** Works until the store has `events` more events than before. */
export async function workThroughCut(desk: DeskHost, events: number): Promise<void> {
  const before = eventsOfStore(desk.dataDir).length
  let written = 0
  for (let visit = 0; written < events; visit += 1) {
    const { visitId, entryNo } = await desk.act<Entry>('queue.callNext')
    const ref = { visitId, entryNo }
    const course = courseOf(visit)
    written += EVENTS_OF[course]
    if (course === 'again' || course === 'absent') await desk.act('queue.callAgain', ref)
    if (course === 'absent') {
      await desk.act('queue.noShow', ref)
      continue
    }
    await desk.act('queue.startServing', ref)
    if (course === 'sentOn') await desk.act('queue.forward', { ...ref, toServiceId: 'lanjutan', handsOver: null })
    else await desk.act('queue.complete', { ...ref, outcome: 'delivered', paymentReference: null })
  }
  const added = eventsOfStore(desk.dataDir).length - before
  if (added !== written) throw new Error(`${written} commands wrote ${added} events`)
}

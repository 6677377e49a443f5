/** What an officer does all day, command by command, at a desk that hears nobody. */
import type { DeskHost } from '#tests/bench/product/host.ts'
import { eventsOfStore } from '#tests/bench/product/stored.ts'

type Entry = { visitId: string; entryNo: number }

/** Of twenty visitors: who comes, who has to be called again, who never comes, who is sent on. */
const COURSES = ['plain', 'plain', 'plain', 'again', 'plain', 'plain', 'plain', 'absent', 'plain', 'sentOn'] as const

/** Works until the store has `events` more events than before. */
export async function workThroughCut(desk: DeskHost, events: number): Promise<void> {
  const before = eventsOfStore(desk.dataDir).length
  let written = 0
  for (let visit = 0; written < events; visit += 1) {
    const entry = await desk.act<Entry>('queue.callNext')
    const { visitId, entryNo } = entry
    const ref = { visitId, entryNo }
    const course = COURSES[visit % COURSES.length]
    written += 1
    if (course === 'again' || course === 'absent') {
      await desk.act('queue.callAgain', ref)
      written += 1
    }
    if (course === 'absent') {
      await desk.act('queue.noShow', ref)
      written += 1
      continue
    }
    await desk.act('queue.startServing', ref)
    if (course === 'sentOn') await desk.act('queue.forward', { ...ref, toServiceId: 'lanjutan', handsOver: null })
    else await desk.act('queue.complete', { ...ref, outcome: 'delivered' })
    written += 2
  }
  const added = eventsOfStore(desk.dataDir).length - before
  if (added !== written) throw new Error(`${written} commands wrote ${added} events`)
}

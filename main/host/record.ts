/**
 * Writes facts: event and hash, projections, and the control rows that follow from a fact (hand, session). Always inside the
 * caller's transaction, so all of it happens or none.
 */

import { project } from '#db/projections.ts'
import type { DeskSession } from '#db/repositories/desk.ts'
import type { StoredEvent } from '#db/repositories/events.ts'
import type { EventBody, Fact } from '#domain/events.ts'
import { afterCall } from '#domain/rank.ts'
import type { HostContext } from '#main/host/context.ts'

/** Appends facts in order; returns the stored events. Throws when the workstation is not enrolled (a bug in the caller). */
export function recordFacts(context: HostContext, facts: readonly Fact[], officerId: string | null): StoredEvent[] {
  const { repositories, clock } = context
  const device = repositories.device.get()
  if (!device) throw new Error('facts need an enrolled device')
  const desk = repositories.desk.get()
  let { seq, hash } = repositories.events.head()
  let session: Partial<DeskSession> = {}
  const stored = facts.map((fact) => {
    seq += 1
    const event: EventBody = {
      ...fact,
      v: 1,
      device: device.device_id,
      generation: device.generation,
      seq,
      at: clock.now(),
      offset: device.clock_offset,
      counterId: device.role_kind === 'counter' ? device.role_id : null,
      epoch: desk.counter?.epoch ?? null,
      officerId,
    }
    const row = repositories.events.append(event, hash)
    hash = row.hash
    project(repositories, event)
    session = { ...session, ...followUp(context, fact, { ...desk, ...session }) }
    return row
  })
  if (Object.keys(session).length > 0) repositories.desk.set(session, desk)
  return stored
}

/** Control rows that change with a fact. Returns what changes in the desk's session. */
function followUp({ repositories, clock }: HostContext, fact: Fact, desk: DeskSession): Partial<DeskSession> {
  switch (fact.type) {
    case 'entry.called':
      repositories.hand.markUsed(fact.data)
      repositories.queue.remove(fact.data)
      return { history: afterCall(desk.history, fact.data.priority !== null), serving: null }
    case 'entry.serving':
      return { serving: { mono: clock.mono(), bootId: clock.bootId } }
    case 'entry.completed':
    case 'entry.forwarded':
    case 'entry.no_show':
      return { serving: null }
    case 'entry.released':
      repositories.hand.markReleased(fact.data)
      return {}
    case 'counter.opened':
      return { open: true }
    case 'counter.closed':
      return { open: false }
    case 'officer.signed_in':
      return { officerId: fact.data.officerId }
    case 'officer.signed_out':
      return { officerId: null, launchId: null }
    default:
      return {}
  }
}

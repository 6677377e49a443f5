/**
 * Writes facts: event and hash, projections, and the control rows that follow from a fact (hand, session). Always inside the
 * caller's transaction, so all of it happens or none.
 */

import { project } from '#db/projections.ts'
import { CLOSED, type DeskSession } from '#db/repositories/desk.ts'
import type { StoredEvent } from '#db/repositories/events.ts'
import { mallTime } from '#domain/entry.ts'
import type { CounterPaused, EntryAsKnown, EntryCalled, EntryRef, EventBody, Fact } from '#domain/events.ts'
import { afterCall, afterUndoneCall, appointmentRank, type RankHistory } from '#domain/rank.ts'
import { type CoreContext, mallNow } from '#main/host/context.ts'

type RecordContext = Pick<CoreContext, 'repositories' | 'clock'>

/** Appends facts in order; returns the stored events. Throws when the workstation is not enrolled (a bug in the caller). */
export function recordFacts(context: RecordContext, facts: readonly Fact[], officerId: string | null): StoredEvent[] {
  const { repositories, clock } = context
  const device = repositories.device.get()
  if (!device) throw new Error('facts need an enrolled device')
  const desk = repositories.desk.get()
  const at = clock.now()
  const isTimeKnown = device.clock_offset !== null || device.anchor_boot === clock.bootId
  let { seq, hash } = repositories.events.head(device.generation)
  let session: Partial<DeskSession> = {}
  const stored = facts.map((fact) => {
    seq += 1
    const event: EventBody = {
      ...fact,
      v: 1,
      device: device.device_id,
      generation: device.generation,
      seq,
      at,
      offset: isTimeKnown ? mallNow(context) - at : null,
      counterId: device.role_kind === 'counter' ? device.role_id : null,
      epoch: desk.counter?.epoch ?? null,
      officerId,
    }
    const row = repositories.events.append(event, hash)
    hash = row.hash
    project(repositories, event)
    session = { ...session, ...followUp(context, event, { ...desk, ...session }) }
    return row
  })
  if (Object.keys(session).length > 0) repositories.desk.set(session, desk)
  return stored
}

/** Control rows that change with a fact. Returns what changes in the desk's session. */
function followUp(context: RecordContext, event: EventBody, desk: DeskSession): Partial<DeskSession> {
  const { hand, queue } = context.repositories
  switch (event.type) {
    case 'visit.issued_here': {
      const { visitId, label, businessDate, serviceId, priority, journeyId, appointmentAt } = event.data
      const issuedAt = mallTime(event)
      const slip = { visitId, entryNo: 1, label, businessDate, serviceId, priority, journeyId, appointmentAt }
      const custody = { grant: { incarnation: 0, n: event.seq }, order: event.seq }
      const rank = appointmentAt === undefined ? undefined : appointmentRank(appointmentAt)
      hand.grant({ ...slip, ...custody, issuedAt, waitingSince: issuedAt, isPriority: priority !== null, rank })
      return {}
    }
    case 'entry.called':
      hand.use(event.data)
      queue.remove(event.data)
      return {
        ...(isInTurn(event.data) ? { history: afterCall(desk.history, inClass(event.data)) } : {}),
        serving: null,
      }
    case 'entry.presented':
      hand.use(event.data)
      queue.remove(event.data)
      return { serving: null }
    case 'entry.call_undone':
      hand.setState(event.data, 'held')
      return { history: historyAfterUndo(context, event.data, desk.history), serving: null }
    case 'entry.returned':
      if (event.data.to === 'end') hand.requeue(event.data, mallTime(event))
      else hand.setState(event.data, 'held')
      return nobodyServed(context)
    case 'entry.release_undone':
      hand.setState(event.data, 'held')
      return {}
    case 'entry.released':
      hand.setState(event.data, 'released')
      return {}
    case 'entry.expired':
      hand.setState(event.data, 'void')
      return {}
    case 'entry.superseded':
      hand.setState(event.data, 'void')
      return nobodyServed(context)
    case 'entry.cancelled':
      return nobodyServed(context)
    case 'entry.serving':
    case 'entry.resumed':
    case 'entry.give_away_undone':
      return { serving: servingSince(context, event.data, mallTime(event)) }
    case 'entry.completed':
    case 'entry.forwarded':
    case 'entry.transferred':
    case 'entry.held':
    case 'entry.no_show':
      return { serving: null }
    case 'counter.opened':
      return { open: true, ...NOT_PAUSED, workingSince: mallTime(event), chosenServices: null }
    case 'counter.closed':
      return CLOSED
    case 'counter.paused':
      return { paused: true, pause: pauseOf(event.data, mallTime(event)), workingSince: null }
    case 'counter.resumed':
      return { ...NOT_PAUSED, workingSince: mallTime(event) }
    case 'counter.services_chosen':
      return { chosenServices: event.data.serviceIds }
    case 'officer.signed_in':
      return { officerId: event.data.officerId }
    case 'officer.signed_out':
      return { officerId: null, launchId: null, lockedSince: null }
    default:
      return {}
  }
}

const NOT_PAUSED = { paused: false, pause: null } as const

function pauseOf({ reason, backAt, scheduled }: CounterPaused, since: number): DeskSession['pause'] {
  return { reason, since, backAt: backAt ?? null, scheduled: scheduled ?? false }
}

/** Acts on what was set aside leave alone who is at the desk. */
function nobodyServed({ repositories }: RecordContext): Partial<DeskSession> {
  return repositories.entries.current() ? {} : { serving: null }
}

/** The monotonic moment at which serving began, also when it goes on after a hold or a give-away that was taken back. */
function servingSince({ repositories, clock }: RecordContext, ref: EntryRef, now: number): DeskSession['serving'] {
  const servingAt = repositories.entries.get(ref)?.servingAt ?? null
  return servingAt === null ? null : { mono: clock.mono() - (now - servingAt), bootId: clock.bootId }
}

/**
 * A call out of turn and a shown slip leave the ratio where it was; so does taking them back. Only how it was opened last counts: it
 * may have been served before that, and sent back to the queue.
 */
function historyAfterUndo({ repositories }: RecordContext, ref: EntryRef, history: RankHistory): RankHistory {
  const entry = repositories.entries.get(ref)
  const wasInTurn = entry !== null && entry.turn !== 'slip_shown' && isInTurn(entry)
  return wasInTurn ? afterUndoneCall(history, inClass(entry)) : history
}

function isInTurn({ outOfOrder }: Pick<EntryCalled, 'outOfOrder'>): boolean {
  return outOfOrder === undefined
}

function inClass({ priority, rank }: Pick<EntryAsKnown, 'priority' | 'rank'>) {
  return { isPriority: priority !== null, rank }
}

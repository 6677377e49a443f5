/** The state of entries as facts tell it: a plain fold, used by the workstation's projection and by the mall server's. */
import { type EntryAct, type EntryStatus, nextStatus } from '#domain/entry-status.ts'
import type { Duration, EntryCalled, EventBody, Fact, Outcome } from '#domain/events.ts'

/** One row per (visit, entry) that this log has acted on. Times are mall time: the device's clock plus its offset then. */
export type Entry = Omit<EntryCalled, 'grant'> & {
  status: EntryStatus
  counterId: string | null
  officerId: string | null
  calledAt: number | null
  calls: number
  servingAt: number | null
  endedAt: number | null
  outcome: Outcome | null
  served: Duration | null
  toServiceId: string | null
}

const ACTS: Readonly<Partial<Record<Fact['type'], EntryAct>>> = {
  'entry.called_again': 'callAgain',
  'entry.serving': 'serve',
  'entry.completed': 'complete',
  'entry.forwarded': 'forward',
  'entry.no_show': 'noShow',
}

/**
 * The entry after one more event of its log. `current` is the row before (null when there is none).
 * Returns the row, or null when the event says nothing about an entry at a counter. Throws on an act the table forbids:
 * a log that verifies never holds one.
 */
export function applyEvent(current: Entry | null, event: EventBody): Entry | null {
  const at = mallTime(event)
  if (event.type === 'entry.called') {
    if (current && nextStatus(current.status, 'call') === null) throw new ForbiddenAct(current.status, event)
    const { grant: _grant, ...data } = event.data
    return {
      ...data,
      status: 'called',
      counterId: event.counterId,
      officerId: event.officerId,
      calledAt: at,
      calls: 1,
      servingAt: null,
      endedAt: null,
      outcome: null,
      served: null,
      toServiceId: null,
    }
  }
  const act = ACTS[event.type]
  if (!act) return null
  const status = current && nextStatus(current.status, act)
  if (!current || !status) throw new ForbiddenAct(current?.status ?? null, event)
  const next: Entry = { ...current, status, officerId: event.officerId }
  switch (event.type) {
    case 'entry.called_again':
      return { ...next, calls: event.data.times }
    case 'entry.serving':
      return { ...next, servingAt: at }
    case 'entry.completed':
      return { ...next, endedAt: at, outcome: event.data.outcome, served: event.data.served }
    case 'entry.forwarded':
      return { ...next, endedAt: at, served: event.data.served, toServiceId: event.data.toServiceId }
    case 'entry.no_show':
      return { ...next, endedAt: at }
    default:
      return next
  }
}

/** When an event happened by the mall's clock, as well as its device knew. */
export function mallTime({ at, offset }: Pick<EventBody, 'at' | 'offset'>): number {
  return at + (offset ?? 0)
}

export class ForbiddenAct extends Error {
  constructor(status: EntryStatus | null, event: EventBody) {
    super(
      `event ${event.seq} of ${event.device}: ${event.type} is not allowed when the entry is ${status ?? 'unknown'}`,
    )
    this.name = 'ForbiddenAct'
  }
}

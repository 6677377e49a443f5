/** The state of entries as facts tell it: a plain fold, used by the workstation's projection and by the mall server's. */
import { ARRIVED, CALLED, PRESENTED, type Strength } from '#domain/claim.ts'
import type { Delivered } from '#domain/delivered.ts'
import { type EntryAct, type EntryStatus, nextStatus } from '#domain/entry-status.ts'
import type {
  Duration,
  EntryAsKnown,
  EntryCalled,
  EntryCompleted,
  EventBody,
  Fact,
  HoldReason,
  Outcome,
  TurnRule,
} from '#domain/events.ts'

/** One row per (visit, entry) that this log has acted on. Times are mall time: the device's clock plus its offset then. */
export type Entry = EntryAsKnown & {
  /** How it was called, when not simply as the next in line. */
  outOfOrder?: EntryCalled['outOfOrder']
  /** `slip_shown`: it was not called, its visitor stood at the desk. */
  turn?: TurnRule | 'slip_shown' | undefined
  status: EntryStatus
  /** How far this log's counter ever got with it in its present custody; 0 once custody was given back. */
  strength: Strength
  counterId: string | null
  officerId: string | null
  calledAt: number | null
  calls: number
  servingAt: number | null
  endedAt: number | null
  outcome: Outcome | null
  served: Duration | null
  paymentReference: string | null
  /** Null when nothing was said of it: see domain/delivered.ts. */
  delivered: readonly Delivered[] | null
  toServiceId: string | null
  /** Only while on hold. */
  hold: { reason: HoldReason; since: number } | null
}

const ACTS = {
  'entry.called': 'call',
  'entry.presented': 'present',
  'entry.called_again': 'callAgain',
  'entry.called_back': 'callBack',
  'entry.call_undone': 'undoCall',
  'entry.returned': 'return',
  'entry.serving': 'serve',
  'entry.held': 'hold',
  'entry.resumed': 'resume',
  'entry.completed': 'complete',
  'entry.forwarded': 'forward',
  'entry.transferred': 'forward',
  'entry.no_show': 'noShow',
  'entry.cancelled': 'cancel',
  'entry.released': 'release',
  'entry.expired': 'expire',
  'entry.superseded': 'supersede',
} as const satisfies Partial<Record<Fact['type'], EntryAct>>

export type EntryEvent = Extract<EventBody, { data: { entryNo: number } }>

export function isEntryEvent(event: EventBody): event is EntryEvent {
  return 'entryNo' in event.data
}

/**
 * The entry after one more event of its log. `current` is the row before (null when there is none).
 * Returns null when the event leaves no row: it is not about an entry, or about one in the hand that was never opened.
 * Throws on an act the table forbids: a log that verifies never holds one.
 */
export function applyEvent(current: Entry | null, event: EventBody): Entry | null {
  if (!isEntryEvent(event)) return null
  if (event.type === 'entry.give_away_undone') return undoGiveAway(current, event)
  if (event.type === 'entry.noted') return noted(current, event)
  // Releases and expiries of entries in the hand that were not opened under this custody change control rows only.
  if (event.type === 'entry.release_undone') return current
  // A grant that was on its way at midnight comes to a desk that has ended the entry with its day.
  const isUnopened = !current || current.status === 'superseded' || current.status === 'expired'
  if (isUnopened && (event.type === 'entry.released' || event.type === 'entry.expired')) return current
  const act = ACTS[event.type]
  const isOpening = event.type === 'entry.called' || event.type === 'entry.presented'
  const before = current?.status ?? (isOpening ? 'waiting' : null)
  const status = before && nextStatus(before, act)
  if (!status) throw new ForbiddenAct(before, event)
  if (isOpening) return opened(current, event, status)
  if (!current) throw new ForbiddenAct(null, event)
  return changed({ ...current, status, officerId: event.officerId, hold: null }, event, mallTime(event))
}

function opened(
  before: Entry | null,
  event: Extract<EventBody, { type: 'entry.called' | 'entry.presented' }>,
  status: EntryStatus,
): Entry {
  const isCall = event.type === 'entry.called'
  const { visitId, entryNo, grant, label, businessDate, serviceId, priority, journeyId, issuedAt, waitingSince } =
    event.data
  const { appointmentAt, rank, returnsTo } = event.data
  return {
    // Named one by one: put together of other objects, so many fields take ten times as long.
    visitId,
    entryNo,
    grant,
    label,
    businessDate,
    serviceId,
    priority,
    journeyId,
    issuedAt,
    waitingSince,
    appointmentAt,
    rank,
    returnsTo,
    outOfOrder: isCall ? event.data.outOfOrder : undefined,
    turn: isCall ? event.data.turn : 'slip_shown',
    status,
    strength: stronger(before?.strength ?? 0, isCall ? CALLED : PRESENTED),
    counterId: event.counterId,
    officerId: event.officerId,
    calledAt: mallTime(event),
    calls: 1,
    servingAt: null,
    endedAt: null,
    outcome: null,
    served: null,
    paymentReference: null,
    delivered: null,
    toServiceId: null,
    hold: null,
  }
}

/** What is known of an entry, and nothing else that the value may hold. */
export function asKnown(entry: EntryAsKnown): EntryAsKnown {
  const { visitId, entryNo, grant, label, businessDate, serviceId, priority, journeyId, issuedAt, waitingSince } = entry
  const { appointmentAt, rank, returnsTo } = entry
  return {
    ...{ visitId, entryNo, grant, label, businessDate, serviceId, priority, journeyId, issuedAt, waitingSince },
    ...{ appointmentAt, rank, returnsTo },
  }
}

function changed(next: Entry, event: EntryEvent, at: number): Entry {
  switch (event.type) {
    case 'entry.called_again':
      return { ...next, calls: event.data.times }
    case 'entry.called_back':
      return { ...next, calls: next.calls + 1, endedAt: null }
    case 'entry.returned':
      return { ...next, endedAt: null, ...(event.data.to === 'end' ? { waitingSince: at, rank: undefined } : {}) }
    case 'entry.held':
      return { ...next, hold: { reason: event.data.reason, since: at } }
    case 'entry.serving':
    case 'entry.resumed':
      return { ...next, servingAt: next.servingAt ?? at, strength: ARRIVED }
    case 'entry.completed':
      return { ...next, ...completedBy(event.data), endedAt: at }
    case 'entry.forwarded':
    case 'entry.transferred':
      return { ...next, endedAt: at, served: event.data.served, toServiceId: event.data.toServiceId }
    case 'entry.no_show':
    case 'entry.cancelled':
    case 'entry.expired':
      return { ...next, endedAt: at }
    case 'entry.superseded':
      return { ...next, endedAt: at, strength: 0 }
    case 'entry.released':
      return { ...next, strength: 0 }
    default:
      return next
  }
}

function completedBy({ outcome, served, paymentReference, delivered, returnsTo }: EntryCompleted) {
  return {
    ...{ outcome, served },
    paymentReference: paymentReference ?? null,
    delivered: delivered ?? null,
    toServiceId: returnsTo?.serviceId ?? null,
  }
}

/** A note says something about the entry and changes nothing of it. */
function noted(current: Entry | null, event: EntryEvent): Entry {
  if (!current) throw new ForbiddenAct(null, event)
  return current
}

/** A forward or transfer taken back: the entry is at the desk again as it was. */
function undoGiveAway(current: Entry | null, event: EntryEvent): Entry {
  if (current?.status !== 'forwarded') throw new ForbiddenAct(current?.status ?? null, event)
  const status = current.servingAt === null ? 'called' : 'serving'
  return { ...current, status, officerId: event.officerId, endedAt: null, served: null, toServiceId: null }
}

function stronger(a: Strength, b: Strength): Strength {
  return a > b ? a : b
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

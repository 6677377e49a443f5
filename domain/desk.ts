/** What a counter may do: a pure decision from what the store holds, a command and the time. No I/O, no clock. */
import { pauseOf, releaseOf, servicesChosen } from '#domain/counter-facts.ts'
import type { Entry } from '#domain/entry.ts'
import { type EntryAct, nextStatus } from '#domain/entry-status.ts'
import type {
  CancelReason,
  Duration,
  EntryAsKnown,
  EntryRef,
  Fact,
  HoldReason,
  Outcome,
  PauseReason,
  PresentReason,
} from '#domain/events.ts'
import { chooseNext, type Ranked, type RankHistory, type RankPolicy } from '#domain/rank.ts'

/** An entry in the counter's own hand, waiting. */
export type HandEntry = Ranked & EntryAsKnown

export type DeskState = {
  officerId: string | null
  counter: { counterId: string; epoch: number } | null
  paused: boolean
  /**
   * The store's own identity is in doubt (restored, copied, forked): its hand may be played elsewhere, so nothing is called
   * from it until the server has settled the matter. Slips that are shown are served.
   */
  inDoubt: boolean
  /** Whether the server can be told now: closing while cut off keeps the hand until the first contact. */
  online: boolean
  /** The entry at the desk (called or serving). */
  current: Entry | null
  /** The entry that the command names, when this counter has opened it. */
  subject: Entry | null
  hand: readonly HandEntry[]
  history: RankHistory
  policy: RankPolicy
  /** Since serving began; null while not serving. */
  served: Duration | null
  /** The last fact, while it is withheld from the server and may still be taken back. */
  withheld: Fact | null
}

/** Acts on the entry at the desk. They name the entry the officer saw: a stale screen never acts on another citizen. */
type CurrentCommand = EntryRef &
  (
    | { kind: 'callAgain' }
    | { kind: 'startServing' }
    | { kind: 'returnToQueue' }
    | { kind: 'hold'; reason: HoldReason }
    | { kind: 'complete'; outcome: Outcome; paymentReference: string | null }
    | {
        kind: 'forward'
        toServiceId: string
        journeyId: string | null
        handsOver: { key: string; valueHash: string } | null
      }
    | { kind: 'transfer'; toServiceId: string; toCounterId: string | null }
    | { kind: 'noShow' }
  )

/** Acts on an entry that this counter set aside. */
type AsideCommand = EntryRef & ({ kind: 'resume' } | { kind: 'callBack' })

export type DeskCommand =
  | { kind: 'callNext' }
  | CurrentCommand
  | AsideCommand
  | ({ kind: 'cancel'; reason: CancelReason } & EntryRef)
  /** Gives a waiting entry of the own hand back to the dealer. */
  | ({ kind: 'release' } & EntryRef)
  /** `entry` with the custody under which it is served: the hand's grant, or one this desk takes by itself. */
  | { kind: 'present'; entry: EntryAsKnown; reason: PresentReason }
  | { kind: 'undo' }
  | { kind: 'pauseCounter'; reason: PauseReason; backAt: number | null }
  | { kind: 'resumeCounter' }
  | { kind: 'chooseServices'; serviceIds: readonly string[] }
  /** What is set aside and not named stays with the counter. */
  | { kind: 'closeCounter'; settle: readonly SettledAside[] }

/** What becomes of an entry that is set aside when its counter closes. `entry` as it is now; null when it is not known here. */
export type SettledAside = EntryRef & { entry: Entry | null; to: 'return' | 'cancel' }

export type DeskRefusal =
  | 'NOT_SIGNED_IN'
  | 'COUNTER_NOT_OPEN'
  | 'COUNTER_PAUSED'
  | 'STORE_IN_DOUBT'
  | 'ENTRY_IN_PROGRESS'
  | 'NOTHING_WAITING'
  | 'NO_CURRENT_ENTRY'
  | 'STALE_SCREEN'
  | 'NOT_ALLOWED_NOW'
  | 'SAME_SERVICE'
  | 'NOTHING_TO_UNDO'
  | 'CHOICE_STRANDS'

export type Decision = { ok: true; facts: Fact[] } | { ok: false; code: DeskRefusal }

export function decide(state: DeskState, command: DeskCommand): Decision {
  if (!state.officerId) return refuse('NOT_SIGNED_IN')
  switch (command.kind) {
    case 'callNext':
    case 'release':
    case 'pauseCounter':
    case 'resumeCounter':
    case 'chooseServices':
    case 'closeCounter':
      return state.counter ? withSession(state, state.counter, command) : refuse('COUNTER_NOT_OPEN')
    // Whatever became of the session, a slip is served and what is at the desk is finished: that is what is left when
    // everything else is cut.
    case 'present':
      return present(state, command)
    case 'undo':
      return acceptOr(undoing(state), 'NOTHING_TO_UNDO')
    case 'cancel':
      return onSubject(state, command, 'cancel', { type: 'entry.cancelled', data: refAnd(command, command.reason) })
    case 'resume':
      if (state.current) return refuse('ENTRY_IN_PROGRESS')
      return onSubject(state, command, 'resume', { type: 'entry.resumed', data: refOf(command) })
    case 'callBack':
      if (state.current) return refuse('ENTRY_IN_PROGRESS')
      return onSubject(state, command, 'callBack', { type: 'entry.called_back', data: refOf(command) })
    default:
      return onCurrent(state, command)
  }
}

type SessionCommand = Extract<
  DeskCommand,
  { kind: 'callNext' | 'release' | 'pauseCounter' | 'resumeCounter' | 'chooseServices' | 'closeCounter' }
>

function withSession(
  state: DeskState,
  counter: { counterId: string; epoch: number },
  command: SessionCommand,
): Decision {
  switch (command.kind) {
    case 'callNext':
      return callNext(state)
    case 'release':
      return release(state, command)
    case 'pauseCounter':
      if (state.current) return refuse('ENTRY_IN_PROGRESS')
      if (state.paused) return refuse('NOT_ALLOWED_NOW')
      return accept(pauseOf(counter, command))
    case 'resumeCounter':
      return state.paused ? accept({ type: 'counter.resumed', data: { ...counter } }) : refuse('NOT_ALLOWED_NOW')
    case 'chooseServices':
      return chooseServices(state, counter, command.serviceIds)
    case 'closeCounter':
      return closeCounter(state, counter, command.settle)
  }
}

/** Cut off, nobody else could be given what goes back: then the counter may take more, but not less. */
function chooseServices(
  state: DeskState,
  counter: { counterId: string; epoch: number },
  serviceIds: readonly string[],
): Decision {
  const facts = servicesChosen(state.hand, counter, serviceIds)
  return !state.online && facts.length > 1 ? refuse('CHOICE_STRANDS') : accept(...facts)
}

const ACT_OF: Readonly<Record<CurrentCommand['kind'], EntryAct>> = {
  callAgain: 'callAgain',
  startServing: 'serve',
  returnToQueue: 'return',
  hold: 'hold',
  complete: 'complete',
  forward: 'forward',
  transfer: 'forward',
  noShow: 'noShow',
}

function onCurrent(state: DeskState, command: CurrentCommand): Decision {
  const { current } = state
  if (!current) return refuse('NO_CURRENT_ENTRY')
  if (current.visitId !== command.visitId || current.entryNo !== command.entryNo) return refuse('STALE_SCREEN')
  if (nextStatus(current.status, ACT_OF[command.kind]) === null) return refuse('NOT_ALLOWED_NOW')
  if (command.kind === 'forward' && command.toServiceId === current.serviceId) return refuse('SAME_SERVICE')
  if (command.kind === 'transfer' && isSamePlace(command, current)) return refuse('SAME_SERVICE')
  return accept(factOf(command, current, state.served))
}

/** To another counter of the same service is a transfer; to the same service without naming one is none. */
function isSamePlace({ toServiceId, toCounterId }: { toServiceId: string; toCounterId: string | null }, entry: Entry) {
  return toServiceId === entry.serviceId && (toCounterId === null || toCounterId === entry.counterId)
}

function onSubject({ subject }: DeskState, ref: EntryRef, act: EntryAct, fact: Fact): Decision {
  if (!subject || subject.visitId !== ref.visitId || subject.entryNo !== ref.entryNo) return refuse('STALE_SCREEN')
  return nextStatus(subject.status, act) === null ? refuse('NOT_ALLOWED_NOW') : accept(fact)
}

function callNext(state: DeskState): Decision {
  if (state.inDoubt) return refuse('STORE_IN_DOUBT')
  if (state.current) return refuse('ENTRY_IN_PROGRESS')
  if (state.paused) return refuse('COUNTER_PAUSED')
  const next = chooseNext(state.hand, state.history, state.policy)
  return next ? accept({ type: 'entry.called', data: asKnown(next) }) : refuse('NOTHING_WAITING')
}

function present(
  { current, subject }: DeskState,
  { entry, reason }: { entry: EntryAsKnown; reason: PresentReason },
): Decision {
  if (current) return refuse('ENTRY_IN_PROGRESS')
  if (subject && nextStatus(subject.status, 'present') === null) return refuse('NOT_ALLOWED_NOW')
  return accept({ type: 'entry.presented', data: { ...asKnown(entry), reason } })
}

function release({ hand }: DeskState, ref: EntryRef): Decision {
  const entry = hand.find(({ visitId, entryNo }) => visitId === ref.visitId && entryNo === ref.entryNo)
  return entry ? accept(releaseOf(entry)) : refuse('STALE_SCREEN')
}

/**
 * The fact that takes the last step back: a call until the visitor arrived, a give-away while nobody else has heard of it.
 * Null when nothing can be taken back any more. `subject` is the withheld fact's entry.
 */
export function undoing({ current, withheld, subject }: Pick<DeskState, 'current' | 'withheld' | 'subject'>) {
  if (withheld?.type === 'entry.forwarded' || withheld?.type === 'entry.transferred') {
    // Somebody else may be at the desk already: then the moment has passed.
    if (current || subject?.status !== 'forwarded') return null
    const { visitId, entryNo, toEntryNo } = withheld.data
    return { type: 'entry.give_away_undone', data: { visitId, entryNo, toEntryNo } } as const
  }
  if (withheld?.type === 'entry.released') return { type: 'entry.release_undone', data: withheld.data } as const
  if (current && nextStatus(current.status, 'undoCall') !== null) {
    return { type: 'entry.call_undone', data: refOf(current) } as const
  }
  return null
}

/**
 * Closing gives every uncalled entry of the hand back to the dealer and ends the session. Cut off, the entries stay: they are
 * given back just before the first contact, unless the counter opens again before.
 */
function closeCounter(
  state: DeskState,
  counter: { counterId: string; epoch: number },
  settle: readonly SettledAside[],
): Decision {
  if (state.current) return refuse('ENTRY_IN_PROGRESS')
  const settled: Fact[] = []
  const returned: Entry[] = []
  for (const { entry, to } of settle) {
    // The screen is stale: it came back to the desk, or was ended, meanwhile.
    if (entry?.status !== 'on_hold' && entry?.status !== 'no_show') return refuse('STALE_SCREEN')
    if (to === 'return') {
      settled.push({ type: 'entry.returned', data: refOf(entry) })
      returned.push(entry)
    } else settled.push({ type: 'entry.cancelled', data: refAnd(entry, 'visitor_left') })
  }
  const released = state.online ? [...state.hand, ...returned].map(releaseOf) : []
  return accept(...settled, ...released, { type: 'counter.closed', data: { ...counter } })
}

function factOf(command: CurrentCommand, current: Entry, served: Duration | null): Fact {
  const ref = refOf(current)
  const toEntryNo = current.entryNo + 1
  switch (command.kind) {
    case 'callAgain':
      return { type: 'entry.called_again', data: { ...ref, times: current.calls + 1 } }
    case 'startServing':
      return { type: 'entry.serving', data: ref }
    case 'returnToQueue':
      return { type: 'entry.returned', data: ref }
    case 'hold':
      return { type: 'entry.held', data: refAnd(ref, command.reason) }
    case 'complete': {
      const { outcome, paymentReference } = command
      const data = { ...ref, outcome, served: served ?? { ms: 0, estimated: true } }
      return {
        type: 'entry.completed',
        data: paymentReference === null ? data : { ...data, paymentReference },
      }
    }
    case 'forward': {
      const { toServiceId, journeyId, handsOver } = command
      return { type: 'entry.forwarded', data: { ...ref, toServiceId, toEntryNo, journeyId, served, handsOver } }
    }
    case 'transfer': {
      const { toServiceId, toCounterId } = command
      return { type: 'entry.transferred', data: { ...ref, toServiceId, toCounterId, toEntryNo, served } }
    }
    case 'noShow':
      return { type: 'entry.no_show', data: { ...ref, calls: current.calls } }
  }
}

function asKnown(entry: EntryAsKnown): EntryAsKnown {
  const { visitId, entryNo, grant, label, businessDate, serviceId, priority, journeyId, issuedAt, waitingSince } = entry
  return { visitId, entryNo, grant, label, businessDate, serviceId, priority, journeyId, issuedAt, waitingSince }
}

function refOf({ visitId, entryNo }: EntryRef): EntryRef {
  return { visitId, entryNo }
}

function refAnd<R>({ visitId, entryNo }: EntryRef, reason: R): EntryRef & { reason: R } {
  return { visitId, entryNo, reason }
}

function accept(...facts: Fact[]): Decision {
  return { ok: true, facts }
}

function acceptOr(fact: Fact | null, code: DeskRefusal): Decision {
  return fact ? accept(fact) : refuse(code)
}

function refuse(code: DeskRefusal): Decision {
  return { ok: false, code }
}

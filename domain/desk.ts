/** What a counter may do: a pure decision from what the store holds, a command and the time. No I/O, no clock. */
import { pauseOf, releaseOf, servicesChosen } from '#domain/counter-facts.ts'
import type { Delivered } from '#domain/delivered.ts'
import { asKnown, type Entry } from '#domain/entry.ts'
import { type EntryAct, nextStatus } from '#domain/entry-status.ts'
import type {
  CancelReason,
  Duration,
  EntryAsKnown,
  EntryRef,
  Fact,
  HoldReason,
  Outcome,
  OutOfOrderReason,
  PauseReason,
  PresentReason,
  ReturnsTo,
  TransferPlace,
} from '#domain/events.ts'
import { mayBeNoted } from '#domain/note.ts'
import { explainNext, type Ranked, type RankHistory, type RankPolicy } from '#domain/rank.ts'
import { mayCallAgain, type RecallRule } from '#domain/recall.ts'
import { wayBackOf } from '#domain/way-back.ts'

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
  recall: RecallRule
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
    | { kind: 'returnToQueue'; to: 'place' | 'end' }
    | { kind: 'hold'; reason: HoldReason }
    | { kind: 'complete'; outcome: Outcome; paymentReference: string | null; delivered: readonly Delivered[] | null }
    | {
        kind: 'forward'
        toServiceId: string
        journeyId: string | null
        handsOver: { key: string; valueHash: string } | null
      }
    | {
        kind: 'transfer'
        toServiceId: string
        toCounterId: string | null
        place: TransferPlace | 'end'
        /** Comes back to this counter once the other has completed it. */
        returns: boolean
      }
    | { kind: 'noShow' }
  )

/** Acts on an entry that this counter set aside. */
type AsideCommand = EntryRef & ({ kind: 'resume' } | { kind: 'callBack' })

export type DeskCommand =
  | { kind: 'callNext' }
  /** Out of turn, from the own hand. */
  | ({ kind: 'callTicket'; reason: OutOfOrderReason } & EntryRef)
  | CurrentCommand
  | AsideCommand
  | ({ kind: 'cancel'; reason: CancelReason } & EntryRef)
  /** Something is written down about an entry that is here, or ended here on this date (`today`). */
  | ({ kind: 'note'; noteNo: number; valueHash: string; today: string } & EntryRef)
  /** Gives a waiting entry of the own hand back to the dealer. */
  | ({ kind: 'release' } & EntryRef)
  /** `entry` with the custody under which it is served: the hand's grant, or one this desk takes by itself. */
  | { kind: 'present'; entry: EntryAsKnown; reason: PresentReason }
  | { kind: 'undo' }
  | { kind: 'pauseCounter'; reason: PauseReason; backAt: number | null }
  | { kind: 'resumeCounter' }
  | { kind: 'chooseServices'; serviceIds: readonly string[] }
  /** What is set aside and not named stays with the counter. */
  | { kind: 'closeCounter'; settle: readonly SettledAside[]; today: string }

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
  | 'ALREADY_RETURNS'
  | 'TICKET_GONE'
  | 'RECALL_LIMIT'
  | 'NOTHING_TO_UNDO'
  | 'CHOICE_STRANDS'

export type Decision = { ok: true; facts: Fact[] } | { ok: false; code: DeskRefusal }

export function decide(state: DeskState, command: DeskCommand): Decision {
  if (!state.officerId) return refuse('NOT_SIGNED_IN')
  switch (command.kind) {
    case 'callNext':
    case 'callTicket':
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
    case 'note':
      return note(state, command)
    case 'resume':
      if (state.current) return refuse('ENTRY_IN_PROGRESS')
      if (state.paused) return refuse('COUNTER_PAUSED')
      return onSubject(state, command, 'resume', { type: 'entry.resumed', data: refOf(command) })
    case 'callBack':
      if (state.current) return refuse('ENTRY_IN_PROGRESS')
      if (state.paused) return refuse('COUNTER_PAUSED')
      return onSubject(state, command, 'callBack', { type: 'entry.called_back', data: refOf(command) })
    default:
      return onCurrent(state, command)
  }
}

type SessionCommand = Extract<
  DeskCommand,
  {
    kind: 'callNext' | 'callTicket' | 'release' | 'pauseCounter' | 'resumeCounter' | 'chooseServices' | 'closeCounter'
  }
>

function withSession(
  state: DeskState,
  counter: { counterId: string; epoch: number },
  command: SessionCommand,
): Decision {
  switch (command.kind) {
    case 'callNext':
      return callNext(state)
    case 'callTicket':
      return callTicket(state, command)
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
      return closeCounter(state, counter, command)
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
  if (!isSame(current, command)) return refuse('STALE_SCREEN')
  if (nextStatus(current.status, ACT_OF[command.kind]) === null) return refuse('NOT_ALLOWED_NOW')
  if (command.kind === 'callAgain' && !mayCallAgain(current.calls, state.recall)) return refuse('RECALL_LIMIT')
  if (command.kind === 'forward' && command.toServiceId === current.serviceId) return refuse('SAME_SERVICE')
  if (command.kind === 'transfer' && isSamePlace(command, current)) return refuse('SAME_SERVICE')
  // One way back at a time: the counter that waits for this visitor was promised it.
  if (command.kind === 'transfer' && command.returns && wayBackOf(current, command.toCounterId)) {
    return refuse('ALREADY_RETURNS')
  }
  return accept(factOf(command, current, state.served))
}

/** To another counter of the same service is a transfer; to the same service without naming one is none. */
function isSamePlace({ toServiceId, toCounterId }: { toServiceId: string; toCounterId: string | null }, entry: Entry) {
  return toServiceId === entry.serviceId && (toCounterId === null || toCounterId === entry.counterId)
}

function onSubject({ subject }: DeskState, ref: EntryRef, act: EntryAct, fact: Fact): Decision {
  if (!subject || !isSame(subject, ref)) return refuse('STALE_SCREEN')
  return nextStatus(subject.status, act) === null ? refuse('NOT_ALLOWED_NOW') : accept(fact)
}

function note({ subject }: DeskState, command: Extract<DeskCommand, { kind: 'note' }>): Decision {
  const { visitId, entryNo, noteNo, valueHash, today } = command
  if (!subject || subject.visitId !== visitId || subject.entryNo !== entryNo) return refuse('STALE_SCREEN')
  if (!mayBeNoted(subject, today)) return refuse('NOT_ALLOWED_NOW')
  return accept({ type: 'entry.noted', data: { visitId, entryNo, noteNo, valueHash } })
}

function callNext(state: DeskState): Decision {
  const refusal = refuseCall(state)
  if (refusal) return refuse(refusal)
  const next = explainNext(state.hand, state.history, state.policy)
  if (!next) return refuse('NOTHING_WAITING')
  return accept({ type: 'entry.called', data: { ...asKnown(next.entry), turn: next.turn ?? undefined } })
}

/** The ratio goes on afterwards as if this call had not been: see afterCall. */
function callTicket(state: DeskState, command: { reason: OutOfOrderReason } & EntryRef): Decision {
  const refusal = refuseCall(state)
  if (refusal) return refuse(refusal)
  const entry = inHand(state, command)
  if (!entry) return refuse('TICKET_GONE')
  return accept({ type: 'entry.called', data: { ...asKnown(entry), outOfOrder: command.reason } })
}

/** Why nobody can be called now, or null. */
export function refuseCall({ inDoubt, current, paused }: DeskState): DeskRefusal | null {
  if (inDoubt) return 'STORE_IN_DOUBT'
  if (current) return 'ENTRY_IN_PROGRESS'
  return paused ? 'COUNTER_PAUSED' : null
}

function inHand({ hand }: DeskState, ref: EntryRef): HandEntry | undefined {
  return hand.find((one) => isSame(one, ref))
}

function present(
  { current, subject }: DeskState,
  { entry, reason }: { entry: EntryAsKnown; reason: PresentReason },
): Decision {
  const ref = refOf(entry)
  // Whoever was called shows that they have come.
  if (current?.status === 'called' && isSame(current, ref)) return accept({ type: 'entry.serving', data: ref })
  if (current) return refuse('ENTRY_IN_PROGRESS')
  // Back with what was missing, or after all.
  if (subject?.status === 'on_hold') return accept({ type: 'entry.resumed', data: ref })
  if (subject?.status === 'no_show') return accept({ type: 'entry.called_back', data: ref })
  if (subject && nextStatus(subject.status, 'present') === null) return refuse('NOT_ALLOWED_NOW')
  return accept({ type: 'entry.presented', data: { ...asKnown(entry), reason } })
}

function release(state: DeskState, ref: EntryRef): Decision {
  const entry = inHand(state, ref)
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
  { settle, today }: { settle: readonly SettledAside[]; today: string },
): Decision {
  if (state.current) return refuse('ENTRY_IN_PROGRESS')
  const settled: Fact[] = []
  const returned: Entry[] = []
  for (const { entry, to } of settle) {
    // The screen is stale: it came back to the desk, or was ended, meanwhile.
    if (entry?.status !== 'on_hold' && entry?.status !== 'no_show') return refuse('STALE_SCREEN')
    // Nobody is dealt what is of an earlier day, and nothing would end it: it stays here or is cancelled.
    if (to === 'return' && entry.businessDate !== today) return refuse('STALE_SCREEN')
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
      return { type: 'entry.returned', data: command.to === 'end' ? { ...ref, to: 'end' } : ref }
    case 'hold':
      return { type: 'entry.held', data: refAnd(ref, command.reason) }
    case 'complete': {
      const { outcome, paymentReference, delivered } = command
      const data = {
        ...ref,
        outcome,
        served: served ?? { ms: 0, estimated: true },
        returnsTo: wayBackOf(current, null),
      }
      const paid = paymentReference === null ? {} : { paymentReference }
      return { type: 'entry.completed', data: { ...data, ...paid, ...(delivered === null ? {} : { delivered }) } }
    }
    case 'forward': {
      const { toServiceId, journeyId, handsOver } = command
      const data = { ...ref, toServiceId, toEntryNo, journeyId, served, handsOver, returnsTo: wayBackOf(current, null) }
      return { type: 'entry.forwarded', data }
    }
    case 'transfer': {
      const { toServiceId, toCounterId, place } = command
      const data = { ...ref, toServiceId, toCounterId, toEntryNo, served }
      return { type: 'entry.transferred', data: { ...data, ...takenAlong(command, current, place) } }
    }
    case 'noShow':
      return { type: 'entry.no_show', data: { ...ref, calls: current.calls } }
  }
}

/** What the next entry needs of this one. An absent field is the plain case, as in events that were written before there were others. */
function takenAlong(
  { toServiceId, toCounterId, returns }: { toServiceId: string; toCounterId: string | null; returns: boolean },
  current: Entry,
  place: TransferPlace | 'end',
) {
  const { serviceId, counterId, journeyId } = current
  // Sent to another service of this counter, the visitor does not leave it.
  const isAskedBack = returns && counterId !== null && counterId !== toCounterId
  const wayBack: ReturnsTo | undefined = isAskedBack
    ? { serviceId, counterId, journeyId }
    : wayBackOf(current, toCounterId)
  return {
    place: place === 'end' ? undefined : place,
    returnsTo: wayBack,
    journeyId: toServiceId === serviceId ? (journeyId ?? undefined) : undefined,
  }
}

function isSame(a: EntryRef, b: EntryRef): boolean {
  return a.visitId === b.visitId && a.entryNo === b.entryNo
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

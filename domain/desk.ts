/** What a counter may do: a pure decision from what the store holds, a command and the time. No I/O, no clock. */
import type { Counter, DeskCommand, DeskState } from '#domain/desk-command.ts'
import { type CounterCommand, onCounter } from '#domain/desk-counter.ts'
import { onCurrent } from '#domain/desk-current.ts'
import { accept, acceptOr, type Decision, isSame, refAnd, refOf, refuse } from '#domain/desk-decision.ts'
import { callNext, callTicket, release } from '#domain/desk-hand.ts'
import { asKnown } from '#domain/entry.ts'
import { type EntryAct, nextStatus } from '#domain/entry-status.ts'
import type { EntryAsKnown, EntryRef, Fact, PresentReason } from '#domain/events.ts'
import { mayBeNoted } from '#domain/note.ts'

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

type SessionCommand = Extract<DeskCommand, { kind: 'callNext' | 'callTicket' | 'release' }> | CounterCommand

function withSession(state: DeskState, counter: Counter, command: SessionCommand): Decision {
  switch (command.kind) {
    case 'callNext':
      return callNext(state)
    case 'callTicket':
      return callTicket(state, command)
    case 'release':
      return release(state, command)
    default:
      return onCounter(state, counter, command)
  }
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

/** Acts on entries that wait in the counter's own hand: called by rank, called by name, given back. */
import { releaseOf } from '#domain/counter-facts.ts'
import type { DeskRefusal, DeskState, HandEntry } from '#domain/desk-command.ts'
import { accept, type Decision, isSame, refuse } from '#domain/desk-decision.ts'
import { asKnown } from '#domain/entry.ts'
import type { EntryRef, OutOfOrderReason } from '#domain/events.ts'
import { explainNext } from '#domain/rank.ts'

export function callNext(state: DeskState): Decision {
  const refusal = refuseCall(state)
  if (refusal) return refuse(refusal)
  const next = explainNext(state.hand, state.history, state.policy)
  if (!next) return refuse('NOTHING_WAITING')
  return accept({ type: 'entry.called', data: { ...asKnown(next.entry), turn: next.turn ?? undefined } })
}

/** The ratio goes on afterwards as if this call had not been: see afterCall. */
export function callTicket(state: DeskState, command: { reason: OutOfOrderReason } & EntryRef): Decision {
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

export function release(state: DeskState, ref: EntryRef): Decision {
  const entry = inHand(state, ref)
  return entry ? accept(releaseOf(entry)) : refuse('STALE_SCREEN')
}

function inHand({ hand }: DeskState, ref: EntryRef): HandEntry | undefined {
  return hand.find((one) => isSame(one, ref))
}

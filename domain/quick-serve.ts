/** A visitor without a number stands at the desk: a number is issued here and served at once, in one step. */
import type { DeskRefusal, DeskState } from '#domain/desk-command.ts'
import { refuseCall } from '#domain/desk-hand.ts'
import type { Fact, GrantNo, VisitIssued } from '#domain/events.ts'

/** Why nobody can be served now who does not wait in the hand; null when nothing is in the way. */
export function refusalToQuickServe(state: DeskState): DeskRefusal | null {
  return state.officerId ? refuseCall(state) : 'NOT_SIGNED_IN'
}

/**
 * Presented and not called: the visitor is here, so nothing is announced, and whose turn it is stays as it was. `grant` is the custody
 * that the issue takes by itself, `at` the mall time of all three facts.
 */
export function quickServed(visit: VisitIssued, grant: GrantNo, at: number): Fact[] {
  const { visitId } = visit
  const entry = { ...visit, entryNo: 1, grant, issuedAt: at, waitingSince: at }
  return [
    { type: 'visit.issued_here', data: visit },
    { type: 'entry.presented', data: { ...entry, reason: 'in_hand' } },
    { type: 'entry.serving', data: { visitId, entryNo: 1 } },
  ]
}

/** Entries of the hand that this counter may not keep go back to the dealer, by its own act. Inside the caller's transaction. */
import { CLOSED } from '#db/repositories/desk.ts'
import { releaseOf } from '#domain/counter-facts.ts'
import type { CoreContext } from '#main/host/context.ts'
import { recordFacts } from '#main/host/record.ts'

/** A closed counter calls nobody: a grant that crossed the closing on its way, or a hand kept while cut off. */
export function giveBackWhenClosed(context: CoreContext): void {
  const { repositories } = context
  if (repositories.desk.get().open) return
  giveBack(context)
}

/** The counter works elsewhere now, or a supervisor ended the session: everything goes back, and it closes. */
export function endSession(context: CoreContext): void {
  const { repositories } = context
  const { open, counter } = repositories.desk.get()
  giveBack(context)
  if (open && counter) recordFacts(context, [{ type: 'counter.closed', data: counter }], null)
  repositories.desk.set({ ...CLOSED, counter: null })
}

function giveBack(context: CoreContext): void {
  const hand = context.repositories.hand.allHeld()
  if (hand.length > 0) recordFacts(context, hand.map(releaseOf), null)
}

/** The hand of a counter that was closed while cut off is given back just before the first contact. */
import type { CoreContext } from '#main/host/context.ts'
import { giveBackWhenClosed } from '#main/host/sync/steps/give-back.ts'

/** Whether beforeContact has something to do: then the server is looked for first, because until it is there the officer may open again. */
export function keepsHandClosed({ repositories, identity }: CoreContext): boolean {
  return !repositories.desk.get().open && !identity.inDoubt() && repositories.hand.allHeld().length > 0
}

export function beforeContact(context: CoreContext): void {
  // In doubt, the hand may be played elsewhere: then it is not this store's to give back.
  if (!keepsHandClosed(context)) return
  context.store.transaction(() => giveBackWhenClosed(context))
}

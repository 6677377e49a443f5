/** While a backlog goes out, every batch is news. Nobody reads so fast: screens hear of it a few times a second. */
import type { CoreContext } from '#main/host/context.ts'
import { unsentCount } from '#main/host/sync/steps/unsent.ts'

/** From so many facts on it is a backlog. */
const BACKLOG = 100
const CALM_MS = 200

/** `changed` tells what the network did; what an officer does is told by the commands themselves, at once. */
export function createCalm(context: CoreContext, changed: () => void): { changed(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null

  function tell(): void {
    if (timer) clearTimeout(timer)
    timer = null
    changed()
  }

  return {
    changed() {
      if (unsentCount(context) <= BACKLOG) tell()
      else timer ??= setTimeout(tell, CALM_MS)
    },
    stop() {
      if (timer) clearTimeout(timer)
    },
  }
}

/** Waiting a short while for what somebody else's answer will decide, here or in another process on the same database. */
import type { Change } from '#contract/wire/changes.ts'
import type { Grant } from '#contract/wire/hands.ts'
import type { MallContext } from '#server/context.ts'
import { RECALL_MS } from '#server/custody/recall.ts'
import { deviceAudience } from '#server/queue/audience.ts'

/**
 * Tries `attempt` now and after each ring for this device until it gives a result; the last attempt, when the time is up, is
 * told so and has to give one. A grant that this process has just committed for the device decides by itself when `accept`
 * takes it: another attempt would have to wait for a commit of its own.
 */
export async function untilDecided<T>(
  { bell, mallId, recallMs = RECALL_MS }: MallContext,
  deviceId: string,
  attempt: (isLast: boolean) => Promise<T | null>,
  accept: (grant: Grant) => T | null,
): Promise<T> {
  const began = performance.now()
  // Listening before the first look: a ring in between is not lost.
  const heard: string[] = []
  const listener = bell.listen([deviceAudience(mallId, deviceId)], { hear: ({ body }) => heard.push(body) })
  let isLast = false
  let timer: NodeJS.Timeout | undefined
  const endIn = (ms: number) =>
    setTimeout(() => {
      isLast = true
      listener.wake()
    }, ms)
  try {
    for (;;) {
      const wasLast = isLast
      const result = await attempt(wasLast)
      if (result !== null) return result
      if (wasLast) throw new Error('the last attempt gave no result')
      // The attempt has seen what came of that; what it asked for comes after it.
      heard.length = 0
      // Only now: nearly always the first attempt decides.
      timer ??= endIn(Math.max(0, recallMs - (performance.now() - began)))
      await listener.rung()
      const accepted = firstAccepted(heard, accept)
      if (accepted !== null) return accepted
    }
  } finally {
    clearTimeout(timer)
    listener.stop()
  }
}

function firstAccepted<T>(bodies: readonly string[], accept: (grant: Grant) => T | null): T | null {
  for (const body of bodies) {
    const change = JSON.parse(body) as Change
    const accepted = change.kind === 'granted' ? accept(change.grant) : null
    if (accepted !== null) return accepted
  }
  return null
}

/** Anchors the mall's time to the server's, so that it goes on by the monotonic clock until the next contact. */
import { type CoreContext, mallNow } from '#main/host/context.ts'

/** Differences below this are network noise, not clock error. */
const NOISE_MS = 100

/** `roundTripMs`: how long the request took whose reply told the time. Inside the caller's transaction, or as its own. */
export function takeServerTime(context: CoreContext, serverTime: number, roundTripMs: number): void {
  const { store, repositories, clock } = context
  const device = repositories.device.get()
  if (!device) return
  const now = Math.round(serverTime + roundTripMs / 2)
  const offset = now - clock.now()
  const isAnchored = device.anchor_boot === clock.bootId && Math.abs(mallNow(context) - now) < NOISE_MS
  // The PC's own clock is what a restart begins with.
  const isOffsetKnown = device.clock_offset !== null && Math.abs(device.clock_offset - offset) < NOISE_MS
  if (isAnchored && isOffsetKnown) return
  store.takeTold(() =>
    repositories.device.set({
      clock_offset: offset,
      ...(isAnchored ? {} : { anchor_server: now, anchor_mono: Math.round(clock.mono()), anchor_boot: clock.bootId }),
    }),
  )
}

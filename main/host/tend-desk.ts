/** What a desk does although nobody presses anything: pauses by schedule, a lock when nobody is there, news of the PC's clock. */
import { type HostContext, mallNow } from '#main/host/context.ts'
import { lockWhenIdle } from '#main/host/use-cases/lock.ts'
import { adviceNow, pauseWhenPlanned } from '#main/host/use-cases/planned-pause.ts'

const TEND_MS = 2_000
/** A clock that is wrong by less troubles nobody. */
const CLOCK_TROUBLE_MS = 60_000

/** Whole minutes by which this PC's own clock is ahead of the mall's (negative: behind); 0 when that is no trouble. */
export function pcClockMinutes(context: Pick<HostContext, 'clock' | 'repositories'>): number {
  const ahead = context.clock.now() - mallNow(context)
  return Math.abs(ahead) > CLOCK_TROUBLE_MS ? Math.round(ahead / 60_000) : 0
}

export function tendDesk(context: HostContext): { afterChange(): void; stop(): void } {
  // Not looked for at once: nobody who starts the desk waits for it.
  let shown: string | null = null

  function tend(): void {
    try {
      pauseWhenPlanned(context)
      lockWhenIdle(context)
      const news = newsOf(context)
      if (news !== shown) context.changed()
      shown = news
    } catch (error) {
      // A store that refuses says so at the next command; the next moment tries again.
      context.log.warn({ err: error }, 'the desk could not be tended')
    }
  }

  const timer = setInterval(tend, TEND_MS)
  return {
    /** The visitor may have left that a planned pause waited for: nobody else is called first. */
    afterChange: () => pauseWhenPlanned(context),
    stop: () => clearInterval(timer),
  }
}

/** What screens show of the passing of time alone. */
function newsOf(context: HostContext): string {
  const advice = adviceNow(context)
  return JSON.stringify([advice.kind === 'remind' ? [advice.window.from, advice.at] : null, pcClockMinutes(context)])
}

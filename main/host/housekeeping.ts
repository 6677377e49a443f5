/** What is done when nobody waits for it: checkpoints of the write-ahead log, and forgetting old command results. */
import type { HostContext } from '#main/host/context.ts'

/** A desk that did nothing for this long is idle. */
const IDLE_MS = 2_000
/** A repeated command comes within seconds; two days covers a screen that slept over a weekend day. */
const COMMAND_DAYS = 2

export function keepHouse({
  store,
  repositories,
  clock,
  log,
}: Pick<HostContext, 'store' | 'repositories' | 'clock' | 'log'>) {
  let timer: NodeJS.Timeout | null = null
  store.transaction(() => repositories.commands.purgeBefore(clock.now() - COMMAND_DAYS * 86_400_000))

  function tidy(): void {
    timer = null
    try {
      store.checkpoint()
    } catch (error) {
      // The next idle moment tries again; the log only grows meanwhile.
      log.warn({ err: error }, 'checkpoint failed')
    }
  }

  return {
    /** Something was written: tidy once it has been quiet for a while. */
    touch(): void {
      if (timer) timer.refresh()
      else timer = setTimeout(tidy, IDLE_MS)
    },
    stop(): void {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}

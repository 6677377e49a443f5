/** What is done when nobody waits for it: checkpoints of the write-ahead log, and forgetting what is no longer needed or allowed. */
import { businessDate } from '#domain/business-date.ts'
import { NOTE_DAYS, notesKeptSince } from '#domain/note.ts'
import { type HostContext, mallNow } from '#main/host/context.ts'
import { today } from '#main/host/desk-state.ts'

/** A desk that did nothing for this long is idle. */
const IDLE_MS = 2_000
/** A desk that is never idle: what waited for no disk is there by then. */
const LATEST_MS = 30_000
const DAY_MS = 86_400_000
/** A repeated command comes within seconds; two days covers a screen that slept over a weekend day. */
const COMMAND_DAYS = 2
/** What a receipt says is in the log; its paper is looked for on the same day or never. */
const PRINT_JOB_DAYS = 7
/** Done jobs that go at once: the next idle moment goes on, so that nobody ever waits for it. */
const PRINT_JOBS_AT_ONCE = 200

type HouseContext = Pick<HostContext, 'store' | 'repositories' | 'clock' | 'log' | 'config'>

export function keepHouse(context: HouseContext) {
  const { store, clock, log } = context
  let timer: NodeJS.Timeout | null = null
  let since = 0
  let hasReserved = false
  let forgottenOn: string | null = null
  // Not at once: nobody who starts the desk waits for it.
  touch()

  function tidy(): void {
    timer = null
    try {
      const date = today(context)
      if (date !== forgottenOn) forgottenOn = forgetOldThings(context)
      if (forgetPrints(context)) touch()
      store.checkpoint()
      reserveLogOnce()
    } catch (error) {
      // The next idle moment tries again; the log only grows meanwhile.
      log.warn({ err: error }, 'housekeeping failed')
    }
  }

  /** After a checkpoint, while the log is empty. A disk without room for it would be asked in vain each time. */
  function reserveLogOnce(): void {
    if (hasReserved) return
    hasReserved = true
    try {
      store.reserveLog()
    } catch (error) {
      log.warn({ err: error }, 'the log could not be given its length; commits take a little longer')
    }
  }

  function touch(): void {
    if (!timer) {
      since = clock.mono()
      timer = setTimeout(tidy, IDLE_MS)
    } else if (clock.mono() - since < LATEST_MS) timer.refresh()
  }

  return {
    /** Something was written: tidy once it has been quiet for a while. */
    touch,
    stop(): void {
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}

/** Results of commands, and texts of notes and of what was handed over whose days are over. Once a day is enough. Returns the day. */
function forgetOldThings(context: HouseContext): string {
  const { store, repositories, clock, config } = context
  store.transaction(() => {
    repositories.commands.purgeBefore(clock.now() - COMMAND_DAYS * DAY_MS)
    const keptSince = notesKeptSince(mallNow(context), config()?.notesDays ?? NOTE_DAYS)
    repositories.notes.forgetBefore(keptSince)
    const timeZone = config()?.mall.timeZone
    // Without a configuration there was never anybody to hand anything over.
    if (timeZone) repositories.personalTexts.forgetBefore(businessDate(keptSince, timeZone))
  })
  return today(context)
}

/** Whether there is more to forget. A job that still asks a question stays, however old it is. */
function forgetPrints({ store, repositories, clock }: HouseContext): boolean {
  const before = clock.now() - PRINT_JOB_DAYS * DAY_MS
  return store.transaction(() => repositories.printJobs.forgetBefore(before, PRINT_JOBS_AT_ONCE)) === PRINT_JOBS_AT_ONCE
}

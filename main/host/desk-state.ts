/** Reads from the store what the desk's rules decide on. */
import { businessDate } from '#domain/business-date.ts'
import type { DeskState, HandEntry } from '#domain/desk-command.ts'
import type { Duration, EntryRef, Fact } from '#domain/events.ts'
import type { RankPolicy } from '#domain/rank.ts'
import { DEFAULT_RECALL, type RecallRule } from '#domain/recall.ts'
import { type CoreContext, type HostContext, mallNow } from '#main/host/context.ts'

/**
 * The state for one decision. `hand` holds the first entry of each class unless the whole one is asked for; `subject` is what
 * the command names, or what was given away last.
 */
export function readDeskState(context: HostContext, subject: EntryRef | null = null, wholeHand = false): DeskState {
  const { repositories, identity, mall } = context
  const desk = repositories.desk.get()
  const withheld = withheldFact(context)
  const ref = subject ?? (withheld && 'entryNo' in withheld.data ? withheld.data : null)
  return {
    officerId: officerHere(context, desk),
    counter: desk.open ? desk.counter : null,
    paused: desk.paused,
    inDoubt: identity.inDoubt(),
    online: mall.isOnline(),
    current: repositories.entries.current(),
    subject: ref && repositories.entries.get(ref),
    withheld,
    hand: wholeHand ? repositories.hand.allHeld() : callable(context),
    history: desk.history,
    policy: rankPolicy(context),
    recall: recallRule(context),
    served: servedSoFar(context, desk.serving),
  }
}

/** The last fact, while the server has not heard of it and it may be taken back. */
export function withheldFact(context: CoreContext): Fact | null {
  return context.withhold.isActive() ? context.withhold.fact(logHead(context)) : null
}

/** How long it may still be taken back; 0 when nothing may. */
export function withheldMs(context: CoreContext): number {
  return Math.ceil(context.withhold.msLeft(logHead(context)))
}

function logHead({ repositories }: CoreContext): { generation: number; seq: number } {
  const generation = repositories.device.get()?.generation ?? 1
  return { generation, seq: repositories.events.head(generation).seq }
}

/** Id of the officer who signed in since this start of the app, or null. */
export function officerHere(
  { repositories, launchId }: Pick<HostContext, 'repositories' | 'launchId'>,
  desk = repositories.desk.get(),
): string | null {
  return desk.launchId === launchId ? desk.officerId : null
}

function callable(context: HostContext): HandEntry[] {
  return context.repositories.hand.heads(today(context))
}

export function rankPolicy(context: Pick<HostContext, 'config'>): RankPolicy {
  const priority = context.config()?.priority
  return {
    regularPerPriority: priority?.regularPerPriority ?? 2,
    ageingMs: (priority?.ageingMinutes ?? 30) * 60_000,
  }
}

export function recallRule(context: Pick<HostContext, 'config'>): RecallRule {
  return context.config()?.recall ?? DEFAULT_RECALL
}

/** The mall's business date now: server time in the mall's zone, whatever the PC's own clock and zone say. */
export function today(context: Pick<CoreContext, 'clock' | 'repositories' | 'config'>): string {
  return businessDate(mallNow(context), context.config()?.mall.timeZone ?? 'Asia/Jakarta')
}

/** Serving time by the monotonic clock; after a restart of the PC by the wall clock, marked estimated. */
function servedSoFar(context: HostContext, serving: { mono: number; bootId: string } | null): Duration | null {
  const { clock, repositories } = context
  if (serving && serving.bootId === clock.bootId) {
    return { ms: Math.max(0, Math.round(clock.mono() - serving.mono)), estimated: false }
  }
  const startedAt = serving ? (repositories.entries.current()?.servingAt ?? null) : null
  return startedAt === null ? null : { ms: Math.max(0, mallNow(context) - startedAt), estimated: true }
}

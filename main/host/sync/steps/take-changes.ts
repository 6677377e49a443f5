/** Puts what the server told into the store: grants, recalls, conflicts, the waiting list, and the cursor. */
import type { Change } from '#contract/wire/changes.ts'
import type { RecallAnswerRequest } from '#contract/wire/hands.ts'
import type { CoreContext } from '#main/host/context.ts'
import { today } from '#main/host/desk-state.ts'
import { endSession, giveBackWhenClosed } from '#main/host/sync/steps/give-back.ts'
import { takeRecall } from '#main/host/sync/steps/take-recall.ts'
import { takeServerTime } from '#main/host/sync/steps/take-server-time.ts'
import { takeSuperseded } from '#main/host/sync/steps/take-superseded.ts'
import { takeGrant } from '#main/host/take-grant.ts'

/** `unknown` is the text of a change of a kind that this program does not know. */
export type StreamedChange = { cursor: number | null } & ({ change: Change } | { unknown: string })

/** Somebody waits for the answer. */
export const isRecall = (one: StreamedChange): boolean => 'change' in one && one.change.kind === 'recalled'

export type ChangesTaken = { answers: RecallAnswerRequest[] }

/** How long a conflict stays on the desk. It stays with the server for good. */
const CONFLICT_MS = 86_400_000

/** What is given up with one of these may not come back, and of a recall the answer is given at once. */
const GIVES_UP: ReadonlySet<Change['kind']> = new Set<Change['kind']>(['recalled', 'superseded', 'session_over'])

/** One transaction for the batch: every release is on the disk before its answer is returned. Twice the same changes nothing. */
export function takeChanges(context: CoreContext, batch: readonly StreamedChange[]): ChangesTaken {
  const { store, repositories, withhold } = context
  const answers: RecallAnswerRequest[] = []
  const cursor = batch.findLast((one) => one.cursor !== null)?.cursor ?? null
  const isGivenUp = batch.some((one) => 'change' in one && GIVES_UP.has(one.change.kind))
  // Everything else the server tells again.
  const keep = isGivenUp ? store.transaction : store.takeTold
  keep(() => {
    for (const one of batch) {
      if ('unknown' in one) park(context, one.cursor, one.unknown)
      else answers.push(...takeChange(context, one.change))
    }
    if (cursor !== null) repositories.device.set({ cursor })
    // In the same transaction: whatever dies in between, no entry stays with a counter that is closed.
    giveBackWhenClosed(context)
  })
  // What the dealer is told now can no longer be taken back.
  if (answers.some(({ answer }) => answer === 'released')) withhold.end()
  return { answers }
}

/** Changes that an older program could not read, once this one can. */
export async function replayParked(context: CoreContext): Promise<ChangesTaken> {
  const { store, repositories } = context
  const { Change } = await import('#contract/wire/changes.ts')
  const answers: RecallAnswerRequest[] = []
  store.transaction(() => {
    for (const { cursor, body } of repositories.parked.all()) {
      const parsed = Change.safeParse(JSON.parse(body))
      if (!parsed.success) continue
      answers.push(...takeChange(context, parsed.data))
      repositories.parked.remove(cursor)
    }
  })
  return { answers }
}

function takeChange(context: CoreContext, change: Change): RecallAnswerRequest[] {
  const { repositories, clock } = context
  switch (change.kind) {
    case 'granted':
      takeGrant(context, change.grant)
      return []
    case 'recalled':
      return [takeRecall(context, change)]
    case 'superseded':
      takeSuperseded(context, change)
      return []
    case 'session_over': {
      const own = repositories.desk.get().counter
      if (own?.counterId === change.counterId && own.epoch <= change.epoch) endSession(context)
      return []
    }
    case 'queue': {
      const { status, ...row } = change.row
      if (row.entryNo === 1) {
        repositories.visits.putStatus({ visit_id: row.visitId, status, counter_id: row.counterId })
      }
      // News that it waits is older than what this desk knows of it.
      if (status === 'waiting' && repositories.hand.get(row)?.state !== 'used') repositories.queue.put(row)
      else repositories.queue.remove(row)
      return []
    }
    case 'caught_up':
      repositories.queue.keepOnly(today(context))
      repositories.device.set({ offline_since: null })
      repositories.findings.settleBefore(clock.now() - CONFLICT_MS)
      takeServerTime(context, change.serverTime, 0)
      return []
    case 'noted':
      repositories.notes.want(change.visitId)
      return []
    case 'appointment_used':
      repositories.appointments.setUsed(change.code, change.isUsed)
      return []
    // These only tell the desk to ask or to speak; nothing to keep.
    case 'call':
    case 'handed_over':
    case 'appointments':
    case 'config':
      return []
  }
}

function park({ repositories, log }: CoreContext, cursor: number | null, body: string): void {
  log.warn({ cursor }, 'a change of a kind that this program does not know')
  if (cursor !== null) repositories.parked.add({ cursor, body })
}

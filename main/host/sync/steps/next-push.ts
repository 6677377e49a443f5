/** Which facts go to the server next. */
import { PUSH_LIMIT } from '#contract/wire/agreed.ts'
import type { PushRequest } from '#contract/wire/push.ts'
import type { StoredEvent } from '#db/repositories/events.ts'
import { GENESIS } from '#domain/chain.ts'
import type { CoreContext } from '#main/host/context.ts'
import { enrolled } from '#main/host/sync/steps/hello.ts'

/**
 * The next batch, or null when everything that may go has gone. First the rest of an earlier generation, then the present
 * one. `after` is a batch that is still under way: then what follows it.
 */
export function nextPush(context: CoreContext, after: PushRequest | null = null): PushRequest | null {
  const { repositories } = context
  const device = enrolled(repositories.device.get())
  const [older] = repositories.olderChains.all()
  const generation = older?.generation ?? device.generation
  if (after && after.generation !== generation) return null
  const acked = older?.ackedSeq ?? device.acked_seq
  const sent = after ? after.fromSeq + after.events.length - 1 : acked
  const batch = older
    ? repositories.events.after(generation, sent, PUSH_LIMIT)
    : presentBatch(context, generation, sent)
  if (batch.length === 0) return null
  return {
    generation,
    fromSeq: sent + 1,
    prevHash: repositories.events.get(generation, sent)?.hash ?? GENESIS,
    events: batch.map(({ seq, hash, body }) => ({ seq, hash, body })),
  }
}

function presentBatch({ repositories, withhold }: CoreContext, generation: number, sent: number): StoredEvent[] {
  const head = { generation, seq: repositories.events.head(generation).seq }
  const last = withhold.msLeft(head) > 0 ? head.seq - 1 : head.seq
  const batch = repositories.events.after(generation, sent, PUSH_LIMIT).filter(({ seq }) => seq <= last)
  const end = batch.at(-1)
  // The server deals at the end of a batch: what was taken back must not be dealt in between.
  const next = end && batch.length > 1 ? repositories.events.get(generation, end.seq + 1) : undefined
  return next && isUndo(next) ? batch.slice(0, -1) : batch
}

function isUndo({ type }: StoredEvent): boolean {
  return type === 'entry.give_away_undone' || type === 'entry.release_undone'
}

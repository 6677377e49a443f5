/** Rules of the hand: what a counter does with grants and recalls that arrive in any order, late or twice. */
import { compareGrants } from '#domain/claim.ts'
import type { Entry } from '#domain/entry.ts'
import { isEnded } from '#domain/entry-status.ts'
import type { GrantNo } from '#domain/events.ts'

/**
 * held: may be called. used: opened at this counter (called, on hold, ended here). released: given back by the own act.
 * void: lost its meaning without an act of this counter (never seen, superseded, session over, store in doubt).
 */
export type HandState = 'held' | 'used' | 'released' | 'void'

export type HandRow = { grant: GrantNo; state: HandState }

/** Whether a grant that arrives puts the entry into the hand. `row` is what the hand knows of the entry, if anything. */
export function takesGrant(row: HandRow | null, grant: GrantNo): boolean {
  if (!row) return true
  // What is open or ended at this counter stays so, whatever was granted meanwhile.
  return row.state !== 'used' && compareGrants(grant, row.grant) > 0
}

/** Answer to a recall of (entry, grant). */
export type RecallAnswer =
  /** Given back, now or before. Committed before it is said. */
  | 'released'
  /** Called, serving, on hold or absent here. */
  | 'in_service'
  /** It left this counter by an event that the server gets or has got. */
  | 'gone'
  /** The grant never arrived. It is void from now on, should it still come. */
  | 'never_seen'

export type RecallDecision = { answer: RecallAnswer; act: 'release' | 'remember_void' | null }

/** `entry` is this counter's own projection of the entry, if it was ever opened here. */
export function answerRecall(row: HandRow | null, entry: Entry | null, grant: GrantNo): RecallDecision {
  if (!row) return { answer: 'never_seen', act: 'remember_void' }
  if (row.state === 'used') return { answer: entry && isEnded(entry.status) ? 'gone' : 'in_service', act: null }
  const order = compareGrants(row.grant, grant)
  // Held under custody that is older than what the dealer speaks of: it is given back all the same, and nothing revives it.
  if (order < 0 && row.state === 'held') return { answer: 'released', act: 'release' }
  if (order < 0) return { answer: 'never_seen', act: 'remember_void' }
  if (order > 0) return { answer: 'gone', act: null }
  if (row.state === 'held') return { answer: 'released', act: 'release' }
  return { answer: row.state === 'released' ? 'released' : 'never_seen', act: null }
}

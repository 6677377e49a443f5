/**
 * Makes an entry what its claims say: the winner's state, or waiting. The same claims give the same entry, whatever order
 * they came in.
 */
import { outranks } from '#domain/claim.ts'
import { isEnded } from '#domain/entry-status.ts'
import type { MallContext } from '#server/context.ts'
import { asClaim, isActive, isTakenBack } from '#server/custody/claims.ts'
import { heldBy, heldWithout, NOT_OPENED, NOT_RECALLED } from '#server/custody/custody.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { followForward } from '#server/custody/follow-forward.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { ClaimRow, EntryRow, Trx } from '#server/store/schema.ts'

/** Whose word is being taken in. */
export type Actor = {
  deviceId: string
  /** The incarnation in which that word was written: what it opens was born in it. */
  bornIncarnation: number
}

/** Returns the device that won, or null when the entry waits without having been opened. */
export async function settleEntry(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  visitId: string,
  entryNo: number,
  actor?: Actor,
): Promise<string | null> {
  await touched.entries.load(trx, [{ visitId }])
  const state = touched.entries.entry(visitId, entryNo)
  if (!state) return null
  const winner = winnerOf(state)
  const before = state.row
  if (winner) takeView(touched, state, winner)
  else takeWaiting(touched, state)
  if (winner) tellLosers(touched, state, winner, before.device_id, before.winner_device_id, actor)
  const leftHand = before.status === 'waiting' && state.row.status !== 'waiting'
  if (state.row.device_id === null) touched.entryMoved(state.row)
  else if (leftHand && before.counter_id !== null) touched.countersWithRoom.add(before.counter_id)
  followForward(touched, state, winner, actor?.bornIncarnation ?? context.incarnation)
  return winner?.device_id ?? null
}

export function winnerOf(state: Pick<EntryState, 'claims'>): ClaimRow | null {
  let best: ClaimRow | null = null
  for (const claim of state.claims.values()) {
    if (isActive(claim) && (!best || outranks(asClaim(claim), asClaim(best)))) best = claim
  }
  return best
}

/** What the entry shows of its winner. */
const SHOWN_OF_WINNER = [
  ...(['status', 'called_at', 'serving_at', 'ended_at', 'officer_id', 'outcome', 'served_ms', 'delivered'] as const),
  ...(['payment_reference', 'to_service_id', 'out_of_order', 'slip_shown'] as const),
] satisfies (keyof ClaimRow & keyof EntryRow)[]

/** Every act comes by here: only what differs is put together. */
function takeView(touched: Touched, state: EntryState, winner: ClaimRow): void {
  const { row } = state
  const changes: Partial<Record<keyof EntryRow, EntryRow[keyof EntryRow]>> = heldBy(row, {
    counterId: winner.counter_id,
    ...asClaim(winner),
  })
  changes.winner_device_id = winner.device_id
  for (const column of SHOWN_OF_WINNER) if (row[column] !== winner[column]) changes[column] = winner[column]
  touched.entries.patch(state, changes as Partial<EntryRow>)
  // Back in the hand: what was answered about it while it was open is over.
  if (winner.status === 'waiting' && row.status !== 'waiting') touched.entries.patch(state, NOT_RECALLED)
}

/** With whom it was dealt to, unless custody came from a claim that counts no longer. */
function takeWaiting(touched: Touched, state: EntryState): void {
  const { winner_device_id: lost } = state.row
  if (lost !== null) touched.entries.patch(state, heldWithout(state, lost))
  const held = state.row.device_id === null ? undefined : state.claims.get(state.row.device_id)
  const ended = held?.status === 'expired' ? held : takenBack(state)
  touched.entries.patch(state, {
    ...NOT_OPENED,
    status: ended?.status ?? 'waiting',
    ended_at: ended?.ended_at ?? null,
  })
}

/**
 * Its number was taken back and no hand has it: over. As long as one has it, it may still be called there. Once a counter has called it, the
 * visitor is known there and waits again, whoever lets go of it.
 */
export function takenBack({ row, claims }: Pick<EntryState, 'row' | 'claims'>): ClaimRow | null {
  if (row.device_id !== null || wasCalled({ claims })) return null
  return [...claims.values()].find(isTakenBack) ?? null
}

/** Ever, also when the call was undone or custody was given back since. */
export function wasCalled({ claims }: Pick<EntryState, 'claims'>): boolean {
  return [...claims.values()].some(({ called_at }) => called_at !== null)
}

/**
 * Who held it uncalled, and whose claim is weaker and not at its end. All of them when the winner is a new one; later only
 * the one whose act has just shown that it does not know.
 */
function tellLosers(
  touched: Touched,
  state: EntryState,
  winner: ClaimRow,
  heldBefore: string | null,
  wonBefore: string | null,
  actor: Actor | undefined,
): void {
  const isNew = wonBefore !== winner.device_id
  if (isNew && heldBefore !== null && heldBefore !== winner.device_id) {
    const claim = state.claims.get(heldBefore)
    if (!claim || !isEnded(claim.status)) touched.superseded(heldBefore, state)
  }
  for (const claim of state.claims.values()) {
    const isTold = isNew || claim.device_id === actor?.deviceId
    if (claim !== winner && isTold && isActive(claim) && !isEnded(claim.status)) {
      touched.superseded(claim.device_id, state)
    }
  }
}

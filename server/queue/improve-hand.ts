/**
 * "Call next" asks for something better than the hand: the best entry that nobody holds, or one that another healthy counter
 * gives back in time; at most one. Asking again without calling takes nothing more: the answer is then the best of the hand.
 */
import type { Grant } from '#contract/wire/hands.ts'
import { isContested } from '#domain/deal.ts'
import { chooseNext } from '#domain/rank.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { grantEntry } from '#server/custody/grant-entry.ts'
import { askBack, waitsForRecall } from '#server/custody/recall.ts'
import { untilDecided } from '#server/custody/wait-for-bell.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { servicesOf } from '#server/queue/deal-waiting.ts'
import { toGrant } from '#server/queue/entry-rows.ts'
import { calledHistory, firstInLine, handOf, heldEntries, isInHandOf, type Waiting } from '#server/queue/hands.ts'
import { isHealthy, openSeats, type Seat } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

export async function improveHand(
  context: MallContext,
  device: Device,
  counterId: string,
  epoch: number,
): Promise<Grant[]> {
  /** What was asked back for this call, the last one last. */
  const asked: Pick<Waiting, 'visitId' | 'entryNo'>[] = []
  const attempt = (isLast: boolean) =>
    changeMall(context, async (trx, touched) => {
      await touched.entries.load(trx, asked)
      for (const { visitId, entryNo } of asked) {
        const entry = touched.entries.entry(visitId, entryNo)
        if (entry?.row.device_id === device.id && entry.row.status === 'waiting') return [toGrant(entry.row)]
        // Nobody waits for it any more: a late answer frees it, and it is dealt as usual.
        if (isLast && entry?.row.recall_for === device.id) touched.entries.patch(entry, { recall_for: null })
      }
      const best = await bestEntry(trx, context, device, { counterId, epoch }, isLast)
      if (!best) return []
      await touched.entries.load(trx, [best.entry])
      const entry = touched.entries.entry(best.entry.visitId, best.entry.entryNo)
      if (!entry) return []
      if (best.entry.row.device_id === null) return [await takeNow(trx, touched, context, entry, best.seat)]
      // Said again: the grant may still be on its way by the stream.
      if (best.entry.row.device_id === device.id) return [toGrant(entry.row)]
      const isPending = entry.row.recall_for === device.id
      if (!isPending) askBack(touched, entry, context, device.id)
      asked.push(best.entry)
      return null
    })
  return untilDecided(context, device.id, attempt, (grant) => {
    const isAsked = asked.some(({ visitId, entryNo }) => visitId === grant.visitId && entryNo === grant.entryNo)
    return isAsked ? [grant] : null
  })
}

async function takeNow(trx: Trx, touched: Touched, context: MallContext, entry: EntryState, seat: Seat) {
  await grantEntry(trx, touched, context, entry, { counterId: seat.counter_id, deviceId: seat.device_id })
  return toGrant(entry.row)
}

/** What this counter should call next: of its hand or instead of it. `onlyUndealt`: there is no time to ask anybody. */
async function bestEntry(
  trx: Trx,
  context: MallContext,
  device: Device,
  { counterId, epoch }: { counterId: string; epoch: number },
  onlyUndealt: boolean,
): Promise<{ entry: Waiting; seat: Seat } | null> {
  const seats = await openSeats(trx, context)
  const seat = seats.find((one) => one.counter_id === counterId)
  if (seat?.device_id !== device.id || seat.epoch !== epoch) {
    throw new WireFailure('COUNTER_NOT_OPEN', `counter ${counterId} is not open here with epoch ${epoch}`)
  }
  const undealt = await firstInLine(trx, context, servicesOf(seat, context))
  const hand = await handOf(trx, context, seat)
  const others = onlyUndealt ? [] : await recallable(trx, seat, seats, context)
  const history = await calledHistory(trx, context, counterId)
  const { policy } = context.mall
  const best = chooseNext([...undealt, ...others], history, policy)
  const next = chooseNext(best ? [...hand, best] : hand, history, policy)
  return next && { entry: next, seat }
}

/** Contested entries in the hands of other healthy counters that nobody else waits for. */
async function recallable(trx: Trx, seat: Seat, seats: readonly Seat[], context: MallContext): Promise<Waiting[]> {
  const others = seats.filter((one) => one.counter_id !== seat.counter_id && isHealthy(one, context))
  if (others.length === 0) return []
  const { serviceIds } = servicesOf(seat, context)
  const sharing = seats
    .map((one) => servicesOf(one, context))
    .filter((one) => [...one.serviceIds].some((id) => serviceIds.has(id)))
  const ids = new Set(sharing.map(({ counterId }) => counterId))
  // Who shares no service with this counter holds nothing that it could serve and another could too.
  const holders = new Map(others.filter((one) => ids.has(one.counter_id)).map((one) => [one.counter_id, one]))
  if (holders.size === 0) return []
  return (await heldEntries(trx, context)).filter((entry) => {
    const holder = holders.get(entry.row.counter_id ?? '')
    const waiter = waitsForRecall(entry, context)
    return (
      holder !== undefined &&
      isInHandOf(entry, holder) &&
      serviceIds.has(entry.serviceId) &&
      isContested(entry, sharing) &&
      (waiter === null || waiter === seat.device_id)
    )
  })
}

/** Deals what waits to the open counters. Runs inside every transaction that may have changed the queue or the counters. */
import { type CounterServices, deal, HAND_SIZE, isContested, type OpenCounter, takersOf } from '#domain/deal.ts'
import { FRESH_HISTORY } from '#domain/rank.ts'
import type { MallContext } from '#server/context.ts'
import { grantEntries } from '#server/custody/grant-entry.ts'
import {
  calledHistory,
  heldEntries,
  historyAfterHand,
  isInHandOf,
  undealtEntries,
  type Waiting,
} from '#server/queue/hands.ts'
import { openSeats, type Seat } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export async function dealWaiting(trx: Trx, context: MallContext, touched: Touched): Promise<void> {
  touched.needsDealing = false
  await touched.entries.flush(trx)
  const waiting = await undealtEntries(trx, context)
  if (waiting.length === 0) return
  const seats = await openSeats(trx, context)
  const counters = await openCounters(trx, context, seats, waiting)
  const dealt = deal(waiting, counters, context.mall.policy)
  await touched.entries.load(
    trx,
    dealt.map(({ entry }) => entry),
  )
  const grants = dealt.flatMap(({ entry: { visitId, entryNo }, counterId }) => {
    const entry = touched.entries.entry(visitId, entryNo)
    const seat = seats.find((one) => one.counter_id === counterId)
    return entry && seat ? { entry, to: { counterId, deviceId: seat.device_id } } : []
  })
  await grantEntries(trx, touched, context, grants)
}

const NO_SERVICES: ReadonlySet<string> = new Set()

export function servicesOf(seat: Seat, { mall }: MallContext): CounterServices {
  return {
    counterId: seat.counter_id,
    serviceIds: mall.servicesOfCounter.get(seat.counter_id) ?? NO_SERVICES,
    paused: seat.paused === 1,
  }
}

/** Hands and histories matter only where counters compete, and only for those that still have room. */
async function openCounters(
  trx: Trx,
  context: MallContext,
  seats: readonly Seat[],
  waiting: readonly Waiting[],
): Promise<OpenCounter[]> {
  const open = seats.map((seat) => ({ seat, services: servicesOf(seat, context) }))
  const all = open.map(({ services }) => services)
  const isRace = waiting.some((entry) => takersOf(entry, all).length > 1)
  const held = isRace ? await heldEntries(trx, context) : []
  const counters: OpenCounter[] = []
  for (const { seat, services } of open) {
    const hand = held.filter((entry) => isInHandOf(entry, seat))
    const holding = hand.filter((entry) => isContested(entry, all)).length
    const hasRoom = isRace && holding < HAND_SIZE && !services.paused
    const called = hasRoom ? await calledHistory(trx, context, services.counterId) : FRESH_HISTORY
    counters.push({ ...services, holding, history: historyAfterHand(called, hand, context.mall.policy) })
  }
  return counters
}

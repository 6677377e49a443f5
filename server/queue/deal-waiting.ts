/** Deals what waits to the open counters. Runs inside every transaction that may have changed the queue or the counters. */
import {
  type CounterServices,
  type Dealt,
  deal,
  HAND_SIZE,
  isContested,
  type OpenCounter,
  takersAmong,
} from '#domain/deal.ts'
import { FRESH_HISTORY } from '#domain/rank.ts'
import { servicesTaken } from '#domain/services-taken.ts'
import type { MallContext } from '#server/context.ts'
import { grantEntries } from '#server/custody/grant-entry.ts'
import {
  calledHistory,
  handfulInLine,
  handOf,
  heldEntries,
  historyAfterHand,
  isInHandOf,
  undealtEntries,
  type Waiting,
} from '#server/queue/hands.ts'
import { openSeats, type Seat } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export async function dealWaiting(
  trx: Trx,
  context: MallContext,
  touched: Touched,
  openNow?: readonly Seat[],
): Promise<void> {
  await touched.entries.flush(trx)
  const waiting = await undealtEntries(trx, context)
  if (waiting.length === 0) return
  const seats = openNow ?? (await openSeats(trx, context))
  const counters = await openCounters(trx, context, seats, waiting)
  await grantDealt(trx, context, touched, seats, deal(waiting, counters, context.mall.policy))
}

/** What a transaction moved is dealt; where only a hand has room again, only that hand is looked at. */
export async function dealWhatMoved(trx: Trx, context: MallContext, touched: Touched): Promise<void> {
  const { moved } = touched
  if (moved === 'any') return dealWaiting(trx, context, touched)
  const seats = moved.size > 0 ? await openSeats(trx, context) : []
  if (seats.some((seat) => takesOneOf(seat, context, moved))) return dealWaiting(trx, context, touched, seats)
  for (const counterId of touched.countersWithRoom) await refillHand(trx, context, touched, counterId)
}

/** What no open counter takes stays with the dealer, and has no part in how much the hands hold. */
function takesOneOf(seat: Seat, context: MallContext, serviceIds: ReadonlySet<string>): boolean {
  const taken = servicesOf(seat, context).serviceIds
  return [...serviceIds].some((id) => taken.has(id))
}

/** For a hand that has room again when nobody else has more than when entries were dealt last: what others could serve stays where it is. */
export async function refillHand(trx: Trx, context: MallContext, touched: Touched, counterId: string): Promise<void> {
  await touched.entries.flush(trx)
  const seats = await openSeats(trx, context)
  const seat = seats.find((one) => one.counter_id === counterId)
  if (!seat) return
  const all = seats.map((one) => servicesOf(one, context))
  const waiting = await handfulInLine(trx, context, servicesOf(seat, context))
  if (waiting.length === 0) return
  // Somebody who shared it is gone since entries were dealt last: in doubt, or with another configuration.
  const takers = takersAmong(all)
  if (waiting.some((entry) => takers(entry).length === 1)) return dealWaiting(trx, context, touched)
  if (seat.paused === 1) return
  // Read last: a counter that is alone with its service may hold hundreds.
  const hand = await handOf(trx, context, seat)
  const holding = hand.filter((entry) => isContested(entry, all)).length
  if (holding >= HAND_SIZE) return
  const called = await calledHistory(trx, context, counterId)
  const history = historyAfterHand(called, hand, context.mall.policy)
  const counters = all.map((one) =>
    one.counterId === counterId ? { ...one, holding, history } : { ...one, holding: HAND_SIZE, history: FRESH_HISTORY },
  )
  await grantDealt(trx, context, touched, seats, deal(waiting, counters, context.mall.policy))
}

async function grantDealt(
  trx: Trx,
  context: MallContext,
  touched: Touched,
  seats: readonly Seat[],
  dealt: readonly Dealt<Waiting>[],
): Promise<void> {
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

/** What is dealt to a session: the services that its counter takes now. */
export function servicesOf(seat: Seat, { mall }: MallContext): CounterServices {
  const configured = mall.servicesOfCounter.get(seat.counter_id) ?? NO_SERVICES
  const chosen = seat.chosen_services === null ? null : (JSON.parse(seat.chosen_services) as string[])
  return {
    counterId: seat.counter_id,
    serviceIds: chosen === null ? configured : new Set(servicesTaken([...configured], chosen)),
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
  const takers = takersAmong(all)
  const isRace = waiting.some((entry) => takers(entry).length > 1)
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

/** Asking an entry back from the hand it waits in. It stays with its holder until that one answers. */
import type { RecallAnswerRequest } from '#contract/wire/hands.ts'
import { HAND_SIZE, isContested } from '#domain/deal.ts'
import { callOrder } from '#domain/rank.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { holderOf, isHeldUnder } from '#server/custody/custody.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { freeEntry } from '#server/custody/free-entry.ts'
import { grantEntry } from '#server/custody/grant-entry.ts'
import { refuseIfChanged } from '#server/identity/doubt.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWaiting, refillHand, servicesOf } from '#server/queue/deal-waiting.ts'
import { calledHistory, handOf, heldEntries, isInHandOf, type Waiting } from '#server/queue/hands.ts'
import { isHealthy, openSeats } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import { prepare } from '#server/store/prepared.ts'
import type { DeviceRow, Trx } from '#server/store/schema.ts'

/** How long anybody waits for the answer: the desk's own 250 ms hold the last commit and the way back too. */
export const RECALL_MS = 180

/** A device for which this entry is asked back right now; null when nobody waits for it. */
export function waitsForRecall(
  { row }: Pick<Waiting, 'row'>,
  { now, recallMs = RECALL_MS }: MallContext,
): string | null {
  return row.recall_asked_at !== null && row.recall_asked_at > now() - recallMs ? row.recall_for : null
}

/** Asked once per grant, however many want it; the last one who waits for it gets it. */
export function askBack(touched: Touched, entry: EntryState, { now }: MallContext, forDevice: string | null): void {
  const holder = holderOf(entry)
  const { visit_id: visitId, entry_no: entryNo, business_date: businessDate, recall_asked_at } = entry.row
  if (!holder) return
  if (recall_asked_at === null) {
    const change = { kind: 'recalled', visitId, entryNo, grant: holder.grant } as const
    touched.tellDevice(holder.deviceId, { businessDate, change })
  }
  touched.entries.patch(entry, { recall_asked_at: now(), recall_for: forDevice })
}

/** A counter opened: what others hold beyond a hand's size of what it can serve too is asked back, last ranked first. */
export async function trimHands(
  trx: Trx,
  context: MallContext,
  touched: Touched,
  openedCounterId: string,
): Promise<void> {
  await touched.entries.flush(trx)
  const seats = await openSeats(trx, context)
  const counters = seats.map((seat) => servicesOf(seat, context))
  const opened = counters.find(({ counterId }) => counterId === openedCounterId)
  if (!opened) return
  const held = await heldEntries(trx, context)
  for (const seat of seats) {
    if (!isHealthy(seat, context) || seat.counter_id === openedCounterId) continue
    const hand = held.filter((entry) => isInHandOf(entry, seat) && isContested(entry, counters))
    if (hand.length <= HAND_SIZE) continue
    const history = await calledHistory(trx, context, seat.counter_id)
    const surplus = callOrder(hand, history, context.mall.policy)
      .slice(HAND_SIZE)
      .filter(({ serviceId, row }) => opened.serviceIds.has(serviceId) && row.recall_asked_at === null)
      .toReversed()
    await touched.entries.load(trx, surplus)
    for (const { visitId, entryNo } of surplus) {
      const entry = touched.entries.entry(visitId, entryNo)
      if (entry) askBack(touched, entry, context, null)
    }
  }
}

/**
 * A counter chose its services: what it gave back with the choice is the dealer's already; what was dealt to it before the server heard of
 * the choice, and may be on its way, is asked back. What was sent to this counter by name stays.
 */
export async function askBackUnchosen(
  trx: Trx,
  context: MallContext,
  touched: Touched,
  counterId: string,
): Promise<void> {
  await touched.entries.flush(trx)
  const seat = (await openSeats(trx, context)).find((one) => one.counter_id === counterId)
  if (!seat) return
  const { serviceIds } = servicesOf(seat, context)
  const unchosen = (await handOf(trx, context, seat)).filter(
    ({ serviceId, forCounterId, row }) =>
      forCounterId === null && !serviceIds.has(serviceId) && row.recall_asked_at === null,
  )
  await touched.entries.load(trx, unchosen)
  for (const { visitId, entryNo } of unchosen) {
    const entry = touched.entries.entry(visitId, entryNo)
    if (entry) askBack(touched, entry, context, null)
  }
}

/** Takes an answer in. One about a grant that is not the present one comes too late to matter. */
export async function takeRecallAnswer(
  context: MallContext,
  device: Device,
  { visitId, entryNo, grant, answer }: RecallAnswerRequest,
): Promise<void> {
  await changeMall(context, async (trx, touched) => {
    await refuseIfChanged(trx, context, device.id)
    await touched.entries.load(trx, [{ visitId }])
    const entry = touched.entries.entry(visitId, entryNo)
    if (!entry || !isHeldUnder(entry.row, device.id, grant)) return
    const asker = entry.row.recall_for
    if (asker !== null) touched.wake(asker)
    if (answer === 'in_service' || answer === 'gone') {
      touched.entries.patch(entry, { recall_answer: answer, recall_for: null })
      return
    }
    const { counter_id: holderCounterId } = entry.row
    await freeEntry(trx, touched, context, visitId, entryNo, 'given_back')
    const counterId = asker === null ? null : await counterOfDevice(trx, context, asker)
    // Its number may have been taken back meanwhile: then it is over.
    const isAwaited = asker !== null && counterId !== null && holderOf(entry) === null && entry.row.status === 'waiting'
    if (!isAwaited) return dealWaiting(trx, context, touched)
    await grantEntry(trx, touched, context, entry, { counterId, deviceId: asker })
    // It went from hand to hand: only the first of them has room.
    if (holderCounterId !== null) await refillHand(trx, context, touched, holderCounterId)
  })
}

const placeOfDevice = prepare<{ deviceId: string; incarnation: number }, Pick<DeviceRow, 'place_id'>>((q, param) =>
  q
    .selectFrom('device')
    .select('place_id')
    .where('id', '=', param('deviceId'))
    .where('role_kind', '=', 'counter')
    .where('doubt_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('incarnation', '=', param('incarnation')),
)

/** Null for a device that must not be given anything now. */
async function counterOfDevice(trx: Trx, { incarnation }: MallContext, deviceId: string): Promise<string | null> {
  const [device] = await placeOfDevice(trx, { deviceId, incarnation })
  return device?.place_id ?? null
}

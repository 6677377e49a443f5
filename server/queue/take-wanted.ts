/**
 * An officer calls one number by name. It is granted when nobody holds it, or asked back from the healthy counter that does; whoever
 * called it, or cannot be asked, keeps it.
 */
import type { WantedReply, WantedRequest } from '#contract/wire/hands.ts'
import { isEnded } from '#domain/entry-status.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { hasGoneOn, isDealable } from '#server/custody/claim-slip.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { grantEntry } from '#server/custody/grant-entry.ts'
import { askBack, waitsForRecall } from '#server/custody/recall.ts'
import { untilDecided } from '#server/custody/wait-for-bell.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { toGrant } from '#server/queue/entry-rows.ts'
import { isHealthy, openSeats, type Seat, today } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

export async function takeWanted(
  context: MallContext,
  device: Device,
  counterId: string,
  wanted: WantedRequest,
): Promise<WantedReply> {
  const attempt = (isLast: boolean) =>
    changeMall(context, async (trx, touched): Promise<WantedReply | null> => {
      const seats = await openSeats(trx, context)
      const seat = seats.find((one) => one.counter_id === counterId)
      if (seat?.device_id !== device.id || seat.epoch !== wanted.epoch) {
        throw new WireFailure('COUNTER_NOT_OPEN', `counter ${counterId} is not open here with epoch ${wanted.epoch}`)
      }
      await touched.entries.load(trx, [wanted])
      const entry = touched.entries.entry(wanted.visitId, wanted.entryNo)
      if (!entry || entry.row.business_date !== today(context) || hasGoneOn(touched, wanted)) return { kind: 'gone' }
      const elsewhere = refusal(context, entry, counterId)
      if (elsewhere) return elsewhere
      // Said again: the grant may still be on its way by the stream.
      if (entry.row.device_id === device.id) return { kind: 'granted', grant: toGrant(entry.row) }
      if (entry.row.device_id === null) return grantFree(trx, touched, context, entry, seat)
      return askHolder(touched, context, entry, { device, seats, isLast })
    })
  return untilDecided(context, device.id, attempt, (grant) =>
    grant.visitId === wanted.visitId && grant.entryNo === wanted.entryNo ? { kind: 'granted', grant } : null,
  )
}

/** Why it cannot be had at this counter, whoever holds it. */
function refusal({ mall }: MallContext, { row }: EntryState, counterId: string): WantedReply | null {
  if (isEnded(row.status)) return { kind: 'gone' }
  if (row.status !== 'waiting' || row.recall_answer !== null) return { kind: 'in_service', counterId: row.counter_id }
  const forCounterId = row.for_counter_id !== null && mall.counters.has(row.for_counter_id) ? row.for_counter_id : null
  const isHere =
    forCounterId === null ? mall.servicesOfCounter.get(counterId)?.has(row.service_id) : forCounterId === counterId
  return isHere ? null : { kind: 'not_here', counterId: forCounterId }
}

/** After a restore somebody who has not spoken yet may hold what is older. */
async function grantFree(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  entry: EntryState,
  seat: Seat,
): Promise<WantedReply> {
  if (!(await isDealable(trx, context, entry))) return { kind: 'holder_silent', counterId: null }
  await grantEntry(trx, touched, context, entry, { counterId: seat.counter_id, deviceId: seat.device_id })
  return { kind: 'granted', grant: toGrant(entry.row) }
}

function askHolder(
  touched: Touched,
  context: MallContext,
  entry: EntryState,
  { device, seats, isLast }: { device: Device; seats: readonly Seat[]; isLast: boolean },
): WantedReply | null {
  const { row } = entry
  const holder = seats.find((one) => one.device_id === row.device_id && one.counter_id === row.counter_id)
  const waiter = waitsForRecall({ row }, context)
  const isAskable = holder !== undefined && isHealthy(holder, context) && (waiter === null || waiter === device.id)
  if (isLast || !isAskable) {
    // Nobody waits for it any more: a late answer frees it, and it is dealt as usual.
    if (row.recall_for === device.id) touched.entries.patch(entry, { recall_for: null })
    return { kind: 'holder_silent', counterId: row.counter_id }
  }
  if (row.recall_for !== device.id) askBack(touched, entry, context, device.id)
  return null
}

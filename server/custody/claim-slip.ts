/** A visitor stands at a desk with a slip. Whoever holds the entry gives it up to that desk if it can be reached in time. */
import type { z } from 'zod'
import type { ClaimReply, ClaimRequest } from '#contract/wire/hands.ts'
import { compareGrants } from '#domain/claim.ts'
import { isEnded } from '#domain/entry-status.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { holderOf } from '#server/custody/custody.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { freeEntry } from '#server/custody/free-entry.ts'
import { grantEntry } from '#server/custody/grant-entry.ts'
import { placeAsKnown } from '#server/custody/place-in-line.ts'
import { askBack } from '#server/custody/recall.ts'
import { untilDecided } from '#server/custody/wait-for-bell.ts'
import { refuseIfChanged } from '#server/identity/doubt.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { toGrant } from '#server/queue/entry-rows.ts'
import { today } from '#server/queue/sessions.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'
import { WireFailure } from '#server/wire-failure.ts'

type Slip = z.infer<typeof ClaimRequest>
type Reply = z.infer<typeof ClaimReply>

export async function claimSlip(context: MallContext, device: Device, counterId: string, slip: Slip): Promise<Reply> {
  if (slip.businessDate !== today(context)) throw new WireFailure('BAD_REQUEST', 'a slip is good on its own date')
  const attempt = (isLast: boolean) =>
    changeMall(context, async (trx, touched): Promise<Reply | null> => {
      await refuseIfChanged(trx, context, device.id)
      await touched.entries.load(trx, [slip])
      if (touched.entries.visit(slip.visitId).isForeign)
        throw new WireFailure('BAD_REQUEST', 'the visit is another mall’s')
      const entry = touched.entries.entry(slip.visitId, slip.entryNo)
      // By what the entry is, not by what the request says it is: custody opens what earlier steps handed over.
      const serviceId = entry?.row.service_id ?? slip.serviceId
      if (!context.mall.counters.get(counterId)?.serviceIds.includes(serviceId)) {
        throw new WireFailure('FORBIDDEN', `counter ${counterId} does not serve ${serviceId}`)
      }
      if (hasGoneOn(touched, slip)) return { kind: 'finished' }
      // Issued or forwarded by a desk that is cut off, which may be serving it: nobody here can say.
      if (!entry) return { kind: 'holder_silent', counterId: null }
      const grantIt = async (): Promise<Reply> => {
        await grantEntry(trx, touched, context, entry, { counterId, deviceId: device.id })
        return { kind: 'granted', grant: toGrant(entry.row) }
      }
      const { device_id, status, recall_answer, counter_id } = entry.row
      if (isEnded(status)) return { kind: 'finished' }
      if (status !== 'waiting' || recall_answer !== null) return { kind: 'in_service', counterId: counter_id }
      if (device_id === device.id) {
        // Dealt or granted meanwhile, and on its way to the desk: that may come by the stream first, and be what it serves under.
        if (!isLetGo(entry, slip)) return { kind: 'granted', grant: toGrant(entry.row) }
        // Or else the desk has given it back, although that is still on its way, and only a new grant counts: what it did
        // before under the old one is history when it comes, and must not end the new one.
        await freeEntry(trx, touched, context, slip.visitId, slip.entryNo, 'given_back')
        if (isEnded(entry.row.status)) return { kind: 'finished' }
        // Then somebody else's claim may be what counts.
        return holderOf(entry) === null ? grantIt() : { kind: 'in_service', counterId: entry.row.counter_id }
      }
      if (device_id === null) {
        const isSafe = await isDealable(trx, context, entry)
        return isSafe ? grantIt() : holderSilent(entry)
      }
      // Still asked when the desk goes ahead by itself: a late answer brings custody where the visitor is.
      if (isLast) return holderSilent(entry)
      if (entry.row.recall_for !== device.id) askBack(touched, entry, context, device.id)
      return null
    })
  return untilDecided(context, device.id, attempt, (grant) =>
    grant.visitId === slip.visitId && grant.entryNo === slip.entryNo ? { kind: 'granted', grant } : null,
  )
}

function holderSilent({ row }: EntryState): Reply {
  const { returnsTo } = placeAsKnown(row)
  return { kind: 'holder_silent', counterId: row.counter_id, journeyId: row.journey_id ?? undefined, returnsTo }
}

/** The desk has had this custody, or what is newer, and has it no more. */
function isLetGo(entry: EntryState, { letGo }: Slip): boolean {
  const holder = holderOf(entry)
  return holder !== null && letGo !== undefined && compareGrants(holder.grant, letGo) <= 0
}

/** A later entry of the visit is there: somebody forwarded this one, although the server has not heard of it yet. */
export function hasGoneOn(touched: Touched, slip: Pick<Slip, 'visitId' | 'entryNo'>): boolean {
  return [...touched.entries.visit(slip.visitId).entries.keys()].some((entryNo) => entryNo > slip.entryNo)
}

/** After a restore somebody who has not spoken yet may hold what is older. */
export async function isDealable(
  trx: Trx,
  { mallId, incarnation }: MallContext,
  { row }: EntryState,
): Promise<boolean> {
  if (row.born_incarnation === incarnation) return true
  const barrier = await trx.selectFrom('barrier').select('device_id').where('mall_id', '=', mallId).executeTakeFirst()
  return barrier === undefined
}

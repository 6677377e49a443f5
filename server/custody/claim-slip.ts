/** A visitor stands at a desk with a slip. Whoever holds the entry gives it up to that desk if it can be reached in time. */
import type { z } from 'zod'
import type { ClaimReply, ClaimRequest } from '#contract/wire.ts'
import { isEnded } from '#domain/entry-status.ts'
import type { Device } from '#server/auth.ts'
import type { MallContext } from '#server/context.ts'
import { type EntryRefusal, ensureEntry } from '#server/custody/ensure-entry.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { grantEntry } from '#server/custody/grant-entry.ts'
import { askBack, RECALL_MS } from '#server/custody/recall.ts'
import { untilDecided } from '#server/custody/wait-for-bell.ts'
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
  return untilDecided(context, device.id, RECALL_MS, (isLast) =>
    changeMall(context, async (trx, touched) => {
      const entry = await ensureEntry(trx, touched, context, dataOf(slip), {
        issuerDeviceId: null,
        bornIncarnation: context.incarnation,
      })
      if (typeof entry === 'string') throw refusalOf(entry)
      // By what the entry is, not by what the request says it is: custody opens what earlier steps handed over.
      if (!context.mall.counters.get(counterId)?.serviceIds.includes(entry.row.service_id)) {
        throw new WireFailure('FORBIDDEN', `counter ${counterId} does not serve ${entry.row.service_id}`)
      }
      const grantIt = async (): Promise<Reply> => {
        await grantEntry(trx, touched, context, entry, { counterId, deviceId: device.id })
        return granted(trx, touched, entry)
      }
      const { device_id, status, recall_answer, counter_id } = entry.row
      if (isEnded(status) || hasGoneOn(touched, entry)) return { kind: 'finished' }
      if (status !== 'waiting' || recall_answer !== null) return { kind: 'in_service', counterId: counter_id }
      if (device_id === device.id) return granted(trx, touched, entry)
      if (device_id === null) {
        const isSafe = await isDealable(trx, context, entry)
        return isSafe ? grantIt() : { kind: 'holder_silent', counterId: null }
      }
      // Still asked when the desk goes ahead by itself: a late answer brings custody where the visitor is.
      if (isLast) return { kind: 'holder_silent', counterId: counter_id }
      if (entry.row.recall_for !== device.id) askBack(touched, entry, context, device.id)
      return null
    }),
  )
}

async function granted(trx: Trx, touched: Touched, entry: EntryState): Promise<Reply> {
  // A new entry gets its place in line when it is written.
  await touched.entries.flush(trx)
  return { kind: 'granted', grant: toGrant(entry.row) }
}

/** A later entry of the visit is there: somebody forwarded this one, although the server has not heard of it yet. */
function hasGoneOn(touched: Touched, { row }: EntryState): boolean {
  return [...touched.entries.visit(row.visit_id).entries.keys()].some((entryNo) => entryNo > row.entry_no)
}

/** After a restore somebody who has not spoken yet may hold what is older. */
async function isDealable(trx: Trx, { mallId, incarnation }: MallContext, { row }: EntryState): Promise<boolean> {
  if (row.born_incarnation === incarnation) return true
  const barrier = await trx.selectFrom('barrier').select('device_id').where('mall_id', '=', mallId).executeTakeFirst()
  return barrier === undefined
}

function dataOf({ visitId, entryNo, label, serviceId, businessDate, issuedAt, priority }: Slip) {
  const data = { visitId, entryNo, label, serviceId, businessDate, issuedAt, priority }
  return { ...data, journeyId: null, waitingSince: issuedAt }
}

const REFUSALS: Readonly<Record<EntryRefusal, string>> = {
  LABEL_TAKEN: 'another visit has this number today',
  UNKNOWN_SERVICE: 'the service is not in the mall’s configuration',
  NOT_YOURS: 'the visit is another mall’s',
}

function refusalOf(refusal: EntryRefusal): WireFailure {
  return new WireFailure('BAD_REQUEST', REFUSALS[refusal])
}

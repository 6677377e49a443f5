/** The server may hear of an entry first by a call, a slip or an assertion: each carries all that is needed to know it. */
import type { EntryAsKnown } from '#domain/events.ts'
import type { MallContext } from '#server/context.ts'
import { NOT_OPENED, UNHELD } from '#server/custody/custody.ts'
import type { EntryState } from '#server/custody/entry-set.ts'
import { placeOf } from '#server/custody/place-in-line.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { Trx } from '#server/store/schema.ts'

export type EntryData = Omit<EntryAsKnown, 'grant'>

/** Where an entry comes from, for one that the server has not heard of yet. */
export type Origin = {
  /** The device whose own fact of the issue this is; null when the entry is told of by somebody else. */
  issuerDeviceId: string | null
  /** The incarnation it was born in: the one before for what was written before its device adopted the present one. */
  bornIncarnation: number
}

/** Why there can be no such entry: its number is another visit's, its service unknown, its visit another mall's. */
export type EntryRefusal = 'LABEL_TAKEN' | 'UNKNOWN_SERVICE' | 'NOT_YOURS'

/** The entry as the server has it, made from `data` when the server has not heard of it yet. */
export async function ensureEntry(
  trx: Trx,
  touched: Touched,
  context: MallContext,
  data: EntryData,
  origin: Origin,
): Promise<EntryState | EntryRefusal> {
  const { visitId, entryNo, label, businessDate } = data
  await touched.entries.load(trx, [{ visitId }])
  const known = touched.entries.entry(visitId, entryNo)
  if (known) return known
  await touched.entries.load(trx, [{ visitId, visit: { businessDate, label } }])
  const visit = touched.entries.visit(visitId)
  if (visit.isForeign) return 'NOT_YOURS'
  if (!context.mall.services.has(data.serviceId)) return 'UNKNOWN_SERVICE'
  if (!visit.row) {
    if (touched.entries.visitWithNumber(businessDate, label) !== undefined) return 'LABEL_TAKEN'
    touched.entries.putVisit({
      id: visitId,
      mall_id: context.mallId,
      label,
      business_date: businessDate,
      priority: data.priority,
      issued_at: data.issuedAt,
      issuer_device_id: origin.issuerDeviceId,
      requirements_met: null,
    })
  }
  const waitingSince = Math.min(data.waitingSince, context.now())
  const added = touched.entries.addEntry({
    visit_id: visitId,
    entry_no: entryNo,
    mall_id: context.mallId,
    service_id: data.serviceId,
    for_counter_id: null,
    status: 'waiting',
    label,
    business_date: businessDate,
    priority: data.priority,
    journey_id: data.journeyId,
    issued_at: data.issuedAt,
    waiting_since: waitingSince,
    born_incarnation: origin.bornIncarnation,
    noted: Number([...visit.entries.values()].some(({ row }) => row.noted === 1)),
    opened_by: null,
    ...placeOf({ ...data, waitingSince }),
    ...UNHELD,
    ...NOT_OPENED,
  })
  touched.entryMoved(added.row)
  return added
}

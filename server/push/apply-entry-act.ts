/** A counter acted on an entry. It must hold the entry, and the entry's status must allow the act. */
import type { FindingCode } from '#contract/wire.ts'
import { type EntryAct, nextStatus } from '#domain/entry-status.ts'
import type { EventBody, GrantNo } from '#domain/events.ts'
import type { Device } from '#server/auth.ts'
import type { ServerContext } from '#server/context.ts'
import { eventTime } from '#server/push/event-time.ts'
import { addWaitingEntry, UNHELD } from '#server/queue/add-waiting-entry.ts'
import type { Touched } from '#server/queue/touched.ts'
import type { EntryRow, Trx } from '#server/store/schema.ts'

type EntryEvent = Extract<EventBody, { type: keyof typeof ACT_OF }>
type EntryForwarded = Extract<EntryEvent, { type: 'entry.forwarded' }>

const ACT_OF = {
  'entry.called': 'call',
  'entry.called_again': 'callAgain',
  'entry.serving': 'serve',
  'entry.completed': 'complete',
  'entry.forwarded': 'forward',
  'entry.no_show': 'noShow',
  'entry.released': 'release',
} as const satisfies Partial<Record<EventBody['type'], EntryAct>>

export async function applyEntryAct(
  trx: Trx,
  context: ServerContext,
  touched: Touched,
  device: Device,
  event: EntryEvent,
): Promise<FindingCode | null> {
  const { visitId, entryNo } = event.data
  // Before any refusal: what was handed over is kept even when the act itself came too late.
  if (event.type === 'entry.forwarded') await expectPersonalText(trx, device, event)
  const entry = await trx
    .selectFrom('entry')
    .selectAll()
    .where('visit_id', '=', visitId)
    .where('entry_no', '=', entryNo)
    .executeTakeFirst()
  if (!entry) return 'UNKNOWN_VISIT'
  if (entry.device_id !== device.id) return 'VOID_GRANT'
  if ('grant' in event.data && !isCurrentGrant(entry, event.data.grant)) return 'VOID_GRANT'
  const status = nextStatus(entry.status, ACT_OF[event.type])
  if (status === null) return 'STATUS_CONFLICT'
  const at = eventTime(event, context.now())
  if (event.type === 'entry.forwarded') {
    const refusal = await openNextEntry(trx, context, touched, entry, event, at)
    if (refusal) return refusal
  }
  await trx
    .updateTable('entry')
    .set({ status, ...changesOf(event, at) })
    .where('visit_id', '=', visitId)
    .where('entry_no', '=', entryNo)
    .execute()
  touched.entry(event.data)
  return null
}

function changesOf(event: EntryEvent, at: number): Partial<EntryRow> {
  const officer_id = event.officerId
  switch (event.type) {
    case 'entry.called':
      return { officer_id, called_at: at }
    case 'entry.called_again':
      return { officer_id }
    case 'entry.serving':
      return { officer_id, serving_at: at }
    case 'entry.completed':
      return { officer_id, ended_at: at, outcome: event.data.outcome, served_ms: event.data.served.ms }
    case 'entry.forwarded':
      return {
        officer_id,
        ended_at: at,
        served_ms: event.data.served?.ms ?? null,
        to_service_id: event.data.toServiceId,
      }
    case 'entry.no_show':
      return { officer_id, ended_at: at }
    case 'entry.released':
      return UNHELD
  }
}

/** The visit goes on at another service: same number, same priority, next entry. */
async function openNextEntry(
  trx: Trx,
  context: ServerContext,
  touched: Touched,
  from: EntryRow,
  { data }: EntryForwarded,
  at: number,
): Promise<FindingCode | null> {
  if (!context.mall.services.has(data.toServiceId)) return 'UNKNOWN_SERVICE'
  if (data.toEntryNo !== from.entry_no + 1) return 'STATUS_CONFLICT'
  const { visit_id, label, business_date, priority, issued_at } = from
  await addWaitingEntry(trx, touched, {
    visit_id,
    entry_no: data.toEntryNo,
    service_id: data.toServiceId,
    label,
    business_date,
    priority,
    journey_id: data.journeyId,
    issued_at,
    waiting_since: at,
  })
  return null
}

/** Remembers the hash of what was handed over; the value itself comes by its own way and is checked against it. */
async function expectPersonalText(trx: Trx, device: Device, { data }: EntryForwarded): Promise<void> {
  if (!data.handsOver) return
  await trx
    .insertInto('personal_text')
    .values({
      visit_id: data.visitId,
      entry_no: data.entryNo,
      key: data.handsOver.key,
      device_id: device.id,
      value_hash: data.handsOver.valueHash,
      salt: null,
      value: null,
      stored_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

function isCurrentGrant(entry: EntryRow, grant: GrantNo): boolean {
  return entry.grant_incarnation === grant.incarnation && entry.grant_n === grant.n
}

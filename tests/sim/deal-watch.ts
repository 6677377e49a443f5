/**
 * Looks into each transaction of the server before it is committed: who was given what, and what the server knew by then. A grant that an
 * officer asked for (call next, a number by name, a shown slip) is no dealing: there other rules decide.
 */
import { sql } from 'kysely'
import { servicesTaken } from '#domain/services-taken.ts'
import type { MallContext } from '#server/context.ts'
import type { EntryRow, SessionRow, Trx } from '#server/store/schema.ts'
import { InvariantBroken } from '#tests/sim/report.ts'
import { keyOf, type Tracker } from '#tests/sim/tracker.ts'

/** Whose request a transaction belongs to. */
export type Request = { kind: string; body: unknown; context: MallContext }

/** Answered with a grant for whoever asked. */
const ASKED_FOR: ReadonlySet<string> = new Set(['improve', 'want', 'claim'])

type Seat = { session: SessionRow; serviceIds: readonly string[] }

/** Runs `work` and throws InvariantBroken for a grant that must never be made. */
export async function watchGrants<T>(
  trx: Trx,
  tracker: Tracker,
  request: Request,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  const before = await newestGrant(trx)
  const asker = await askerOf(trx, request)
  const result = await work(trx)
  const grants = await grantsAfter(trx, request.context, before)
  for (const row of grants) {
    const isAskedFor = ASKED_FOR.has(request.kind) || row.device_id === asker
    // A slip is served wherever it is shown.
    if (request.kind !== 'claim' && row.device_id !== asker) checkNamed(tracker, row)
    await checkTakenBack(trx, tracker, row)
    if (!isAskedFor) await checkSeat(trx, request.context, row)
  }
  return result
}

async function newestGrant(trx: Trx): Promise<number> {
  const row = await trx.selectFrom('sequence').select('value').where('name', '=', 'grant').executeTakeFirst()
  return row?.value ?? 0
}

/** Who is waiting for the entry that is answered for: it is granted to that device at once. */
async function askerOf(trx: Trx, { kind, body }: Request): Promise<string | null> {
  if (kind !== 'recall-answer') return null
  const { visitId, entryNo } = body as { visitId: string; entryNo: number }
  const row = await trx
    .selectFrom('entry')
    .select('recall_for')
    .where('visit_id', '=', visitId)
    .where('entry_no', '=', entryNo)
    .executeTakeFirst()
  return row?.recall_for ?? null
}

function grantsAfter(trx: Trx, { incarnation }: MallContext, n: number): Promise<EntryRow[]> {
  return trx
    .selectFrom('entry')
    .selectAll()
    .where('grant_incarnation', '=', incarnation)
    .where('grant_n', '>', n)
    .execute()
}

const keyOfRow = ({ visit_id, entry_no }: EntryRow) => keyOf({ visitId: visit_id, entryNo: entry_no })

/** Sent to a counter by name, or back to where it was promised: no other gets it. */
function checkNamed(tracker: Tracker, row: EntryRow): void {
  const key = keyOfRow(row)
  const only = tracker.routes.onlyFor(key)
  if (only === null || tracker.isExcused(key) || only.includes(row.counter_id ?? '')) return
  throw new InvariantBroken(
    'DEALT_TO_ANOTHER',
    `${tracker.name(key)} was sent to ${only.join(', ')}, dealt to ${row.counter_id}`,
  )
}

/** The server has the front desk's word that the number is taken back, and no counter ever called it. */
async function checkTakenBack(trx: Trx, tracker: Tracker, row: EntryRow): Promise<void> {
  const key = keyOfRow(row)
  if (row.entry_no !== 1 || !tracker.takenBack.has(row.visit_id) || tracker.wasOpened(key)) return
  const known = await trx
    .selectFrom('event')
    .select('seq')
    .where('type', '=', 'visit.cancelled')
    .where('body', 'like', `%${row.visit_id}%`)
    .executeTakeFirst()
  if (known) throw new InvariantBroken('TAKEN_BACK_DEALT', `${tracker.name(key)} to ${row.counter_id}`)
}

/** A counter is dealt what it takes now, and on a break nothing that another open counter could serve meanwhile. */
async function checkSeat(trx: Trx, context: MallContext, row: EntryRow): Promise<void> {
  if (row.for_counter_id !== null) return
  const seats = await openSeats(trx, context)
  const seat = seats.find(({ session }) => session.device_id === row.device_id)
  const what = `${row.label}/${row.entry_no} (${row.service_id}) to ${row.counter_id}`
  if (!seat?.serviceIds.includes(row.service_id)) throw new InvariantBroken('DEALT_UNCHOSEN', what)
  const others = seats.filter((one) => one !== seat && one.serviceIds.includes(row.service_id))
  if (seat.session.paused === 1 && others.length > 0) throw new InvariantBroken('DEALT_ON_A_BREAK', what)
}

async function openSeats(trx: Trx, { mall, incarnation }: MallContext): Promise<Seat[]> {
  const sessions = await trx
    .selectFrom('counter_session')
    .selectAll('counter_session')
    .innerJoin('device', 'device.id', 'counter_session.device_id')
    .where('closed_at', 'is', null)
    .where('device.doubt_at', 'is', null)
    .where('device.revoked_at', 'is', null)
    .where('device.incarnation', '=', sql.lit(incarnation))
    .execute()
  return sessions.map((session) => {
    const configured = [...(mall.servicesOfCounter.get(session.counter_id) ?? [])]
    const chosen = session.chosen_services === null ? null : (JSON.parse(session.chosen_services) as string[])
    return { session, serviceIds: servicesTaken(configured, chosen) }
  })
}

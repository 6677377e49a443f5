/** What waits, what counters hold and what they called today, as the rank rule needs it. */
import { type Kysely, sql } from 'kysely'
import { type CounterServices, HAND_SIZE } from '#domain/deal.ts'
import { afterCall, callOrder, FRESH_HISTORY, type Ranked, type RankHistory, type RankPolicy } from '#domain/rank.ts'
import type { MallContext } from '#server/context.ts'
import { rankOf } from '#server/custody/place-in-line.ts'
import { type Seat, today } from '#server/queue/sessions.ts'
import { IS_PRIORITY } from '#server/store/is-priority.ts'
import { type Param, type Prepared, prepare } from '#server/store/prepared.ts'
import type { EntryRow, Schema, Trx } from '#server/store/schema.ts'

const COLUMNS = [
  ...(['visit_id', 'entry_no', 'service_id', 'for_counter_id', 'ord', 'waiting_since', 'priority'] as const),
  ...(['rank_since', 'rank_by'] as const),
  ...(['counter_id', 'device_id', 'recall_asked_at', 'recall_answer', 'recall_for'] as const),
] satisfies (keyof EntryRow)[]

type Columns = Pick<EntryRow, (typeof COLUMNS)[number]>

/** Written out: an index of what waits serves only queries that say so, not those that bind it later. */
const WAITING = sql.lit<'waiting'>('waiting')

/** A waiting entry as dealer and rank rule see it. */
export type Waiting = Ranked & {
  visitId: string
  entryNo: number
  serviceId: string
  forCounterId: string | null
  row: Columns
}

type Day = { mallId: string; date: string; incarnation: number }

const undealt = prepare<Day, Columns>((q, param) => undealtIn(q, param))

/**
 * Not an entry whose visit has gone on already: a later one was opened by somebody whose forward has not come yet. And not what
 * is older than a restore as long as somebody may hold it.
 */
function undealtIn(q: Kysely<Schema>, param: Param<Day>) {
  return q
    .selectFrom('entry')
    .select(COLUMNS)
    .where('mall_id', '=', param('mallId'))
    .where('business_date', '=', param('date'))
    .where('status', '=', WAITING)
    .where('device_id', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('entry as later')
            .select('later.entry_no')
            .whereRef('later.visit_id', '=', 'entry.visit_id')
            .whereRef('later.entry_no', '>', 'entry.entry_no'),
        ),
      ),
    )
    .where(({ eb, not, or, exists, selectFrom }) =>
      or([
        eb('born_incarnation', '=', param('incarnation')),
        not(exists(selectFrom('barrier').select('barrier.device_id').where('barrier.mall_id', '=', param('mallId')))),
      ]),
    )
}

/** What nobody holds and may be dealt, in order of arrival: dealing must be repeatable. */
export async function undealtEntries(trx: Trx, context: MallContext): Promise<Waiting[]> {
  const rows = await undealt(trx, dayOf(context))
  // Sorted here: asked for it, SQLite would read the whole day for the order instead of what waits.
  return rows.map((row) => asWaiting(row, context)).sort((a, b) => a.order - b.order)
}

type Line = readonly Prepared<Day & { serviceId: string }, Columns>[]

/** Of a service: those with priority and those without, each from its head. `count` is written out, so that the planner sees how few are wanted. */
function lineOf(count: number): Line {
  return [1, 0].map((isPriority) =>
    prepare((q, param) => headOf(q, param).where(IS_PRIORITY, '=', sql.lit(isPriority)).limit(sql.lit(count))),
  )
}
const HEAD = lineOf(1)
const HANDFUL = lineOf(HAND_SIZE)
const transferred = prepare<Day, Columns>((q, param) => undealtIn(q, param).where('for_counter_id', 'is not', null))

function headOf(q: Kysely<Schema>, param: Param<Day & { serviceId: string }>) {
  return undealtIn(q, param)
    .where('service_id', '=', param('serviceId'))
    .where('for_counter_id', 'is', null)
    .orderBy('goes_first', 'desc')
    .orderBy('rank_since')
    .orderBy('ord')
}

/** Of what this counter may be dealt: who is first of each class of its services, and its transfers. */
export function firstInLine(trx: Trx, context: MallContext, counter: CounterServices): Promise<Waiting[]> {
  return inLine(trx, context, counter, HEAD)
}

/** The same, as many of each class as a hand holds. */
export function handfulInLine(trx: Trx, context: MallContext, counter: CounterServices): Promise<Waiting[]> {
  return inLine(trx, context, counter, HANDFUL)
}

async function inLine(trx: Trx, context: MallContext, counter: CounterServices, line: Line): Promise<Waiting[]> {
  const first = await transfersFor(trx, context, counter)
  for (const serviceId of counter.serviceIds) {
    const of = { ...dayOf(context), serviceId }
    for (const part of line) for (const row of await part(trx, of)) first.push(asWaiting(row, context))
  }
  return first
}

/** What was transferred to this counter and has not been dealt to it, or to one that the mall has no more. */
async function transfersFor(
  trx: Trx,
  context: MallContext,
  { counterId, serviceIds }: CounterServices,
): Promise<Waiting[]> {
  const rows = await transferred(trx, dayOf(context))
  return rows
    .map((row) => asWaiting(row, context))
    .filter(({ serviceId, forCounterId }) =>
      forCounterId === null ? serviceIds.has(serviceId) : forCounterId === counterId,
    )
}

function dayOf(context: MallContext): Day {
  return { mallId: context.mallId, date: today(context), incarnation: context.incarnation }
}

const held = prepare<{ mallId: string; date: string }, Columns>((q, param) => heldIn(q, param))

const heldBySeat = prepare<{ mallId: string; date: string; deviceId: string; counterId: string }, Columns>((q, param) =>
  heldIn(q, param).where('device_id', '=', param('deviceId')).where('counter_id', '=', param('counterId')),
)

function heldIn(q: Kysely<Schema>, param: Param<{ mallId: string; date: string }>) {
  return q
    .selectFrom('entry')
    .select(COLUMNS)
    .where('mall_id', '=', param('mallId'))
    .where('business_date', '=', param('date'))
    .where('status', '=', WAITING)
    .where('device_id', 'is not', null)
    .where('recall_answer', 'is', null)
}

/** What waits in somebody's hand, as far as its holder has not said that it is open there already. */
export async function heldEntries(trx: Trx, context: MallContext): Promise<Waiting[]> {
  const rows = await held(trx, { mallId: context.mallId, date: today(context) })
  return rows.map((row) => asWaiting(row, context))
}

/** The hand of one counter. */
export async function handOf(trx: Trx, context: MallContext, seat: Seat): Promise<Waiting[]> {
  const { counter_id: counterId, device_id: deviceId } = seat
  const rows = await heldBySeat(trx, { mallId: context.mallId, date: today(context), deviceId, counterId })
  return rows.map((row) => asWaiting(row, context))
}

export function isInHandOf({ row }: Waiting, seat: Seat): boolean {
  return row.device_id === seat.device_id && row.counter_id === seat.counter_id
}

const calledLast = prepare<
  { mallId: string; date: string; counterId: string; count: number },
  Pick<EntryRow, 'priority'>
>((q, param) =>
  q
    .selectFrom('entry')
    .select('priority')
    .where('mall_id', '=', param('mallId'))
    .where('business_date', '=', param('date'))
    .where('counter_id', '=', param('counterId'))
    .where('called_at', 'is not', null)
    .where('status', '<>', 'waiting')
    .where('out_of_order', 'is', null)
    .where('slip_shown', '=', 0)
    .where('goes_first', '=', 0)
    .orderBy('called_at', 'desc')
    .limit(param('count')),
)

/** What the counter called last today in turn, whoever sat there: no more of it than the policy looks back. A shown slip is no call. */
export async function calledHistory(trx: Trx, context: MallContext, counterId: string): Promise<RankHistory> {
  const { mallId, mall } = context
  const count = mall.policy.regularPerPriority
  if (count === 0) return FRESH_HISTORY
  const called = await calledLast(trx, { mallId, date: today(context), counterId, count })
  return called
    .toReversed()
    .reduce((history, { priority }) => afterCall(history, { isPriority: priority !== null }), FRESH_HISTORY)
}

/** The history as it will be when the whole hand has been called: the next dealt entry comes after those. */
export function historyAfterHand(history: RankHistory, hand: readonly Ranked[], policy: RankPolicy): RankHistory {
  return callOrder(hand, history, policy).reduce(afterCall, history)
}

/** A named counter that left the configuration since binds nobody. */
function asWaiting(row: Columns, { mall }: MallContext): Waiting {
  const { visit_id, entry_no, service_id, for_counter_id, ord, waiting_since, priority } = row
  return {
    visitId: visit_id,
    entryNo: entry_no,
    serviceId: service_id,
    forCounterId: for_counter_id !== null && mall.counters.has(for_counter_id) ? for_counter_id : null,
    order: ord,
    waitingSince: waiting_since,
    isPriority: priority !== null,
    rank: rankOf(row),
    row,
  }
}

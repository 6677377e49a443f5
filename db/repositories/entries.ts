/** Projection of entry.* events: what happened to each entry at this counter. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import { rankOf, returnColumns, returnsToOf } from '#db/repositories/place-columns.ts'
import type { EntryTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'
import { deliveredText, readDelivered } from '#domain/delivered.ts'
import type { Entry } from '#domain/entry.ts'
import { ENTRY_STATUSES, type EntryStatus } from '#domain/entry-status.ts'

/**
 * Every row was called once, also what waits again; what was served elsewhere after all counts there. Named one by one, so that the
 * index (status, business_date) answers the count without a scan.
 */
const CALLED_HERE = ENTRY_STATUSES.filter((status) => status !== 'superseded')

/** Not the absent, who are set aside, nor what was served elsewhere or outlived its day. */
const ENDED_BY_OFFICER: EntryStatus[] = ['completed', 'forwarded', 'cancelled']

/** Every picture of the desk lists them, of a long day hundreds: so no more of them than it shows. */
const ASIDE_COLUMNS = [
  ...(['visit_id', 'entry_no', 'label', 'business_date', 'service_id', 'priority', 'waiting_since'] as const),
  ...(['ended_at', 'calls', 'hold_reason', 'held_at'] as const),
] satisfies (keyof EntryTable)[]
type AsideRow = Pick<EntryTable, (typeof ASIDE_COLUMNS)[number]>

/** On hold when `hold` says why, else absent. */
export type AsideEntry = ReturnType<typeof fromAsideRow>

type Key = { visitId: string; entryNo: number }

export function createEntries({ db }: Store) {
  const one = prepare<Key, EntryTable>(db, (q, p) =>
    q.selectFrom('entry').selectAll().where('visit_id', '=', p('visitId')).where('entry_no', '=', p('entryNo')),
  )
  // One look per status: "IN (...)" would build a temporary table on every call.
  const atDesk = (['serving', 'called'] as const).map((status) =>
    prepare<Record<never, never>, EntryTable>(db, (q) =>
      q.selectFrom('entry').selectAll().where('status', '=', status).limit(sql.lit(1)),
    ),
  )
  const upsert = prepare<EntryTable, never>(db, (q, p) =>
    q.replaceInto('entry').values({
      visit_id: p('visit_id'),
      entry_no: p('entry_no'),
      status: p('status'),
      label: p('label'),
      business_date: p('business_date'),
      service_id: p('service_id'),
      priority: p('priority'),
      journey_id: p('journey_id'),
      issued_at: p('issued_at'),
      waiting_since: p('waiting_since'),
      counter_id: p('counter_id'),
      officer_id: p('officer_id'),
      called_at: p('called_at'),
      calls: p('calls'),
      serving_at: p('serving_at'),
      ended_at: p('ended_at'),
      outcome: p('outcome'),
      served_ms: p('served_ms'),
      served_estimated: p('served_estimated'),
      payment_reference: p('payment_reference'),
      delivered: p('delivered'),
      to_service_id: p('to_service_id'),
      grant_incarnation: p('grant_incarnation'),
      grant_n: p('grant_n'),
      strength: p('strength'),
      appointment_at: p('appointment_at'),
      rank_since: p('rank_since'),
      rank_by: p('rank_by'),
      returns_service_id: p('returns_service_id'),
      returns_counter_id: p('returns_counter_id'),
      returns_journey_id: p('returns_journey_id'),
      out_of_order: p('out_of_order'),
      turn: p('turn'),
      hold_reason: p('hold_reason'),
      held_at: p('held_at'),
    }),
  )
  const ended = prepare<{ businessDate: string }, EntryTable>(db, (q, p) =>
    q
      .selectFrom('entry')
      .selectAll()
      .where('business_date', '=', p('businessDate'))
      .where('ended_at', 'is not', null)
      .where('status', 'in', ENDED_BY_OFFICER)
      .orderBy('ended_at', 'desc')
      .limit(sql.lit(1)),
  )
  const onHold = prepare<Record<never, never>, AsideRow>(db, (q) =>
    q.selectFrom('entry').select(ASIDE_COLUMNS).where('status', '=', sql.lit('on_hold')).orderBy('held_at'),
  )
  const absent = prepare<{ businessDate: string }, AsideRow>(db, (q, p) =>
    q
      .selectFrom('entry')
      .select(ASIDE_COLUMNS)
      .where('status', '=', sql.lit('no_show'))
      .where('business_date', '=', p('businessDate'))
      .orderBy('ended_at'),
  )
  const counts = prepare<{ businessDate: string }, { status: EntryStatus; n: number }>(db, (q, p) =>
    q
      .selectFrom('entry')
      .select(({ fn }) => ['status', fn.countAll<number>().as('n')])
      .where('status', 'in', CALLED_HERE)
      .where('business_date', '=', p('businessDate'))
      .groupBy('status'),
  )

  const summary = prepare<{ businessDate: string }, { served: number; waited: number | null; servedMs: number | null }>(
    db,
    (q, p) =>
      q
        .selectFrom('entry')
        .select(({ fn }) => [
          fn.countAll<number>().as('served'),
          fn.avg<number | null>(sql`max(0, called_at - waiting_since)`).as('waited'),
          fn.avg<number | null>('served_ms').as('servedMs'),
        ])
        .where('status', '=', sql.lit('completed'))
        .where('business_date', '=', p('businessDate')),
  )

  return {
    get(key: Key): Entry | null {
      const row = one.get(key)
      return row ? fromRow(row) : null
    },
    /** The entry that was called and has not left the desk, or null. */
    current(): Entry | null {
      for (const statement of atDesk) {
        const row = statement.get({})
        if (row) return fromRow(row)
      }
      return null
    },
    /** The entry of a day that an officer ended here last. */
    lastEnded(businessDate: string): Entry | null {
      const row = ended.get({ businessDate })
      return row ? fromRow(row) : null
    },
    /** What is on hold, from whatever day: only an act ends it. Then the absent of a day. Each longest ago first. */
    aside: (businessDate: string): AsideEntry[] =>
      [...onHold.all({}), ...absent.all({ businessDate })].map(fromAsideRow),
    put(entry: Entry): void {
      upsert.run(toRow(entry))
    },
    /** Entries of a day that were called here, by what became of them. */
    countByStatus(businessDate: string): Partial<Record<EntryStatus, number>> {
      return Object.fromEntries(counts.all({ businessDate }).map((row) => [row.status, row.n]))
    },
    /** Of a day: how many were served to the end, how long visitors waited and were served on average. */
    summaryOf(businessDate: string): { served: number; averageWaitMs: number | null; averageServedMs: number | null } {
      const row = summary.get({ businessDate })
      const round = (ms: number | null | undefined) => (ms === null || ms === undefined ? null : Math.round(ms))
      return {
        served: row?.served ?? 0,
        averageWaitMs: round(row?.waited),
        averageServedMs: round(row?.servedMs),
      }
    },
    all(): EntryTable[] {
      return db.prepare<[], EntryTable>('SELECT * FROM entry ORDER BY visit_id, entry_no').all()
    },
  }
}

function fromRow(row: EntryTable): Entry {
  return {
    ...fromAsideRow(row),
    grant: { incarnation: row.grant_incarnation, n: row.grant_n },
    strength: row.strength,
    status: row.status,
    journeyId: row.journey_id,
    issuedAt: row.issued_at,
    counterId: row.counter_id,
    officerId: row.officer_id,
    calledAt: row.called_at,
    servingAt: row.serving_at,
    outcome: row.outcome,
    served: row.served_ms === null ? null : { ms: row.served_ms, estimated: row.served_estimated === 1 },
    paymentReference: row.payment_reference,
    delivered: readDelivered(row.delivered),
    toServiceId: row.to_service_id,
    appointmentAt: row.appointment_at ?? undefined,
    rank: rankOf(row),
    returnsTo: returnsToOf(row),
    outOfOrder: row.out_of_order ?? undefined,
    turn: row.turn ?? undefined,
  }
}

function fromAsideRow(row: AsideRow) {
  const { hold_reason: reason, held_at: since } = row
  const hold: Entry['hold'] = reason !== null && since !== null ? { reason, since } : null
  return {
    hold,
    visitId: row.visit_id,
    entryNo: row.entry_no,
    label: row.label,
    businessDate: row.business_date,
    serviceId: row.service_id,
    priority: row.priority,
    waitingSince: row.waiting_since,
    endedAt: row.ended_at,
    calls: row.calls,
  }
}

export function toRow(entry: Entry): EntryTable {
  return {
    visit_id: entry.visitId,
    entry_no: entry.entryNo,
    status: entry.status,
    label: entry.label,
    business_date: entry.businessDate,
    service_id: entry.serviceId,
    priority: entry.priority,
    journey_id: entry.journeyId,
    issued_at: entry.issuedAt,
    waiting_since: entry.waitingSince,
    counter_id: entry.counterId,
    officer_id: entry.officerId,
    called_at: entry.calledAt,
    calls: entry.calls,
    serving_at: entry.servingAt,
    ended_at: entry.endedAt,
    outcome: entry.outcome,
    served_ms: entry.served?.ms ?? null,
    served_estimated: entry.served ? Number(entry.served.estimated) : null,
    payment_reference: entry.paymentReference,
    delivered: deliveredText(entry.delivered),
    to_service_id: entry.toServiceId,
    grant_incarnation: entry.grant.incarnation,
    grant_n: entry.grant.n,
    strength: entry.strength,
    appointment_at: entry.appointmentAt ?? null,
    rank_since: entry.rank?.since ?? null,
    rank_by: entry.rank?.by ?? null,
    ...returnColumns(entry),
    out_of_order: entry.outOfOrder ?? null,
    turn: entry.turn ?? null,
    hold_reason: entry.hold?.reason ?? null,
    held_at: entry.hold?.since ?? null,
  }
}

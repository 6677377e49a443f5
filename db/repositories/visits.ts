/** Projection of visit.issued, visit.issued_here and visit.cancelled events: the numbers this desk handed out. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import type { VisitStatusTable, VisitTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'
import type { VisitIssued } from '#domain/events.ts'

export function createVisits({ db }: Store) {
  const insert = prepare<VisitTable, never>(db, (q, p) =>
    q.insertInto('visit').values({
      visit_id: p('visit_id'),
      label: p('label'),
      business_date: p('business_date'),
      service_id: p('service_id'),
      priority: p('priority'),
      journey_id: p('journey_id'),
      issued_at: p('issued_at'),
      requirements_met: p('requirements_met'),
      cancelled_at: p('cancelled_at'),
      appointment_code: p('appointment_code'),
      appointment_at: p('appointment_at'),
    }),
  )
  const count = prepare<{ businessDate: string }, { n: number }>(db, (q, p) =>
    q
      .selectFrom('visit')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('business_date', '=', p('businessDate'))
      .where('cancelled_at', 'is', null),
  )
  const one = prepare<{ visitId: string }, VisitTable>(db, (q, p) =>
    q.selectFrom('visit').selectAll().where('visit_id', '=', p('visitId')),
  )
  const newest = prepare<{ businessDate: string }, VisitTable>(db, (q, p) =>
    q
      .selectFrom('visit')
      .selectAll()
      .where('business_date', '=', p('businessDate'))
      .orderBy('issued_at', 'desc')
      .orderBy('label', 'desc')
      .limit(sql.lit(1)),
  )
  const cancel = prepare<{ visitId: string; at: number }, never>(db, (q, p) =>
    q
      .updateTable('visit')
      .set({ cancelled_at: p('at') })
      .where('visit_id', '=', p('visitId')),
  )
  const putStatus = prepare<VisitStatusTable, never>(db, (q, p) =>
    q.replaceInto('visit_status').values({ visit_id: p('visit_id'), status: p('status'), counter_id: p('counter_id') }),
  )
  const status = prepare<{ visitId: string }, VisitStatusTable>(db, (q, p) =>
    q.selectFrom('visit_status').selectAll().where('visit_id', '=', p('visitId')),
  )

  return {
    add: (visit: VisitIssued, issuedAt: number): void => void insert.run(visitRow(visit, issuedAt)),
    cancel: (visitId: string, at: number): void => void cancel.run({ visitId, at }),
    get: (visitId: string): VisitTable | null => one.get({ visitId }) ?? null,
    /** The number that was given last on a day. */
    newestOn: (businessDate: string): VisitTable | null => newest.get({ businessDate }) ?? null,
    /** What the server said last of its first entry, or null while it has said nothing. */
    statusOf: (visitId: string): VisitStatusTable | null => status.get({ visitId }) ?? null,
    /** Only of visits that were issued here: of others this desk need not know. */
    putStatus(row: VisitStatusTable): void {
      if (one.get({ visitId: row.visit_id })) putStatus.run(row)
    },
    /** Numbers given on a day and not taken back. */
    countOn(businessDate: string): number {
      return count.get({ businessDate })?.n ?? 0
    },
    all(): VisitTable[] {
      return db.prepare<[], VisitTable>('SELECT * FROM visit ORDER BY visit_id').all()
    },
  }
}

export function visitRow(visit: VisitIssued, issuedAt: number): VisitTable {
  return {
    visit_id: visit.visitId,
    label: visit.label,
    business_date: visit.businessDate,
    service_id: visit.serviceId,
    priority: visit.priority,
    journey_id: visit.journeyId,
    issued_at: issuedAt,
    requirements_met: visit.requirementsMet === undefined ? null : Number(visit.requirementsMet),
    cancelled_at: null,
    appointment_code: visit.appointmentCode ?? null,
    appointment_at: visit.appointmentAt ?? null,
  }
}

/** Projection of visit.issued and visit.issued_here events: the numbers this desk handed out. */
import type { Store } from '#db/open.ts'
import type { VisitTable } from '#db/schema.ts'
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
      appointment_at: p('appointment_at'),
    }),
  )
  const count = prepare<{ businessDate: string }, { n: number }>(db, (q, p) =>
    q
      .selectFrom('visit')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('business_date', '=', p('businessDate')),
  )

  return {
    add: (visit: VisitIssued, issuedAt: number): void => void insert.run(visitRow(visit, issuedAt)),
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
    appointment_at: visit.appointmentAt ?? null,
  }
}

/** Mirror of the server's waiting list for this desk's services; only waiting entries are kept. */
import type { Store } from '#db/open.ts'
import { lineColumns, rankOf } from '#db/repositories/place-columns.ts'
import type { QueueTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'
import type { PriorityGroup, Rank } from '#domain/events.ts'

export type QueueEntry = {
  visitId: string
  entryNo: number
  label: string
  businessDate: string
  serviceId: string
  priority: PriorityGroup | null
  waitingSince: number
  order: number
  counterId: string | null
  appointmentAt?: number | undefined
  rank?: Rank | undefined
}

type Key = { visitId: string; entryNo: number }

export function createQueue({ db }: Store) {
  const upsert = prepare<QueueTable, never>(db, (q, p) =>
    q.replaceInto('queue').values({
      visit_id: p('visit_id'),
      entry_no: p('entry_no'),
      label: p('label'),
      business_date: p('business_date'),
      service_id: p('service_id'),
      priority: p('priority'),
      waiting_since: p('waiting_since'),
      ord: p('ord'),
      counter_id: p('counter_id'),
      appointment_at: p('appointment_at'),
      rank_since: p('rank_since'),
      rank_by: p('rank_by'),
      goes_first: p('goes_first'),
    }),
  )
  const remove = prepare<Key, never>(db, (q, p) =>
    q.deleteFrom('queue').where('visit_id', '=', p('visitId')).where('entry_no', '=', p('entryNo')),
  )
  const day = prepare<{ businessDate: string }, QueueTable>(db, (q, p) =>
    q
      .selectFrom('queue')
      .selectAll()
      .where('business_date', '=', p('businessDate'))
      .orderBy('goes_first', 'desc')
      .orderBy('rank_since')
      .orderBy('ord'),
  )
  const ahead = prepare<{ businessDate: string; serviceId: string }, { n: number }>(db, (q, p) =>
    q
      .selectFrom('queue')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('business_date', '=', p('businessDate'))
      .where('service_id', '=', p('serviceId')),
  )

  const one = prepare<Key, QueueTable>(db, (q, p) =>
    q.selectFrom('queue').selectAll().where('visit_id', '=', p('visitId')).where('entry_no', '=', p('entryNo')),
  )
  const others = prepare<{ businessDate: string }, never>(db, (q, p) =>
    q.deleteFrom('queue').where('business_date', '!=', p('businessDate')),
  )

  return {
    put: (entry: QueueEntry): void => void upsert.run(toRow(entry)),
    remove: (key: Key): void => void remove.run({ visitId: key.visitId, entryNo: key.entryNo }),
    get({ visitId, entryNo }: Key): QueueEntry | null {
      const row = one.get({ visitId, entryNo })
      return row ? fromRow(row) : null
    },
    /** Waiting entries of a day: who goes first, then by the time since which they count as waiting. */
    waiting: (businessDate: string): QueueEntry[] => day.all({ businessDate }).map(fromRow),
    countWaiting: (businessDate: string, serviceId: string): number => ahead.get({ businessDate, serviceId })?.n ?? 0,
    /** Drops the lists of other days. */
    keepOnly: (businessDate: string): void => void others.run({ businessDate }),
    clear(): void {
      db.exec('DELETE FROM queue')
    },
  }
}

function fromRow(row: QueueTable): QueueEntry {
  return {
    visitId: row.visit_id,
    entryNo: row.entry_no,
    label: row.label,
    businessDate: row.business_date,
    serviceId: row.service_id,
    priority: row.priority,
    waitingSince: row.waiting_since,
    order: row.ord,
    counterId: row.counter_id,
    appointmentAt: row.appointment_at ?? undefined,
    rank: rankOf(row),
  }
}

function toRow(entry: QueueEntry): QueueTable {
  return {
    visit_id: entry.visitId,
    entry_no: entry.entryNo,
    label: entry.label,
    business_date: entry.businessDate,
    service_id: entry.serviceId,
    priority: entry.priority,
    waiting_since: entry.waitingSince,
    ord: entry.order,
    counter_id: entry.counterId,
    appointment_at: entry.appointmentAt ?? null,
    ...lineColumns(entry),
  }
}

/** Mirror of the server's waiting list for this desk's services; only waiting entries are kept. */
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'
import type { PriorityGroup } from '#domain/events.ts'

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
}

const COLUMNS = [
  'visit_id as visitId',
  'entry_no as entryNo',
  'label',
  'business_date as businessDate',
  'service_id as serviceId',
  'priority',
  'waiting_since as waitingSince',
  'ord as order',
  'counter_id as counterId',
] as const

type Key = { visitId: string; entryNo: number }

export function createQueue({ db }: Store) {
  const upsert = prepare<QueueEntry, never>(db, (q, p) =>
    q.replaceInto('queue').values({
      visit_id: p('visitId'),
      entry_no: p('entryNo'),
      label: p('label'),
      business_date: p('businessDate'),
      service_id: p('serviceId'),
      priority: p('priority'),
      waiting_since: p('waitingSince'),
      ord: p('order'),
      counter_id: p('counterId'),
    }),
  )
  const remove = prepare<Key, never>(db, (q, p) =>
    q.deleteFrom('queue').where('visit_id', '=', p('visitId')).where('entry_no', '=', p('entryNo')),
  )
  const day = prepare<{ businessDate: string }, QueueEntry>(db, (q, p) =>
    q
      .selectFrom('queue')
      .select(COLUMNS)
      .where('business_date', '=', p('businessDate'))
      .orderBy('waiting_since')
      .orderBy('ord'),
  )
  const ahead = prepare<{ businessDate: string; serviceId: string }, { n: number }>(db, (q, p) =>
    q
      .selectFrom('queue')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('business_date', '=', p('businessDate'))
      .where('service_id', '=', p('serviceId')),
  )

  const one = prepare<Key, QueueEntry>(db, (q, p) =>
    q.selectFrom('queue').select(COLUMNS).where('visit_id', '=', p('visitId')).where('entry_no', '=', p('entryNo')),
  )
  const others = prepare<{ businessDate: string }, never>(db, (q, p) =>
    q.deleteFrom('queue').where('business_date', '!=', p('businessDate')),
  )

  return {
    put: (entry: QueueEntry): void => void upsert.run(entry),
    remove: (key: Key): void => void remove.run({ visitId: key.visitId, entryNo: key.entryNo }),
    get: ({ visitId, entryNo }: Key): QueueEntry | null => one.get({ visitId, entryNo }) ?? null,
    /** Waiting entries of a day in order of arrival. */
    waiting: (businessDate: string): QueueEntry[] => day.all({ businessDate }),
    countWaiting: (businessDate: string, serviceId: string): number => ahead.get({ businessDate, serviceId })?.n ?? 0,
    /** Drops the lists of other days. */
    keepOnly: (businessDate: string): void => void others.run({ businessDate }),
    clear(): void {
      db.exec('DELETE FROM queue')
    },
  }
}

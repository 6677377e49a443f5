/** The counter's own hand: entries it alone may call. A row stays after use, so a late grant never revives it. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import type { HandTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'
import type { HandEntry } from '#domain/desk.ts'
import type { GrantNo } from '#domain/events.ts'

type HandRow = Omit<HandTable, 'state'>

// The index of held entries is partial: SQLite uses it only when the query says 'held' itself, not by a parameter.
const COLUMNS = [
  'visit_id',
  'entry_no',
  'incarnation',
  'grant_n',
  'label',
  'business_date',
  'service_id',
  'priority',
  'is_priority',
  'journey_id',
  'issued_at',
  'waiting_since',
  'ord',
] as const

type Key = { visitId: string; entryNo: number }

export function createHand({ db }: Store) {
  const insert = prepare<HandRow, never>(db, (q, p) =>
    q
      .insertInto('hand')
      .values({
        visit_id: p('visit_id'),
        entry_no: p('entry_no'),
        incarnation: p('incarnation'),
        grant_n: p('grant_n'),
        state: 'held',
        label: p('label'),
        business_date: p('business_date'),
        service_id: p('service_id'),
        priority: p('priority'),
        is_priority: p('is_priority'),
        journey_id: p('journey_id'),
        issued_at: p('issued_at'),
        waiting_since: p('waiting_since'),
        ord: p('ord'),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['visit_id', 'entry_no'])
          .doUpdateSet((eb) => ({
            incarnation: eb.ref('excluded.incarnation'),
            grant_n: eb.ref('excluded.grant_n'),
            state: 'held',
            waiting_since: eb.ref('excluded.waiting_since'),
            ord: eb.ref('excluded.ord'),
          }))
          // Only a later grant counts; the same one again, or an older one that was delayed, changes nothing.
          .where(({ eb, or, and }) =>
            or([
              eb('hand.incarnation', '<', eb.ref('excluded.incarnation')),
              and([
                eb('hand.incarnation', '=', eb.ref('excluded.incarnation')),
                eb('hand.grant_n', '<', eb.ref('excluded.grant_n')),
              ]),
            ]),
          ),
      ),
  )
  const heads = [0, 1].map((isPriority) =>
    prepare<{ businessDate: string }, HandRow>(db, (q, p) =>
      q
        .selectFrom('hand')
        .select(COLUMNS)
        .where('state', '=', sql.lit('held'))
        // The cast hides the parameter from the planner, which would else plan the query again on every call.
        .where('business_date', '=', sql<string>`cast(${p('businessDate')} as text)`)
        .where('is_priority', '=', sql.lit(isPriority))
        .orderBy('ord')
        .limit(sql.lit(1)),
    ),
  )
  const held = prepare<{ businessDate: string }, HandRow>(db, (q, p) =>
    q
      .selectFrom('hand')
      .select(COLUMNS)
      .where('state', '=', sql.lit('held'))
      .where('business_date', '=', p('businessDate'))
      .orderBy('is_priority')
      .orderBy('ord'),
  )
  const allHeld = prepare<Record<never, never>, HandRow>(db, (q) =>
    q.selectFrom('hand').select(COLUMNS).where('state', '=', sql.lit('held')).orderBy('ord'),
  )
  const setState = prepare<Key & { state: 'used' | 'released' }, never>(db, (q, p) =>
    q
      .updateTable('hand')
      .set({ state: p('state') })
      .where('visit_id', '=', p('visitId'))
      .where('entry_no', '=', p('entryNo')),
  )

  const state = prepare<Key, { state: 'held' | 'used' | 'released' }>(db, (q, p) =>
    q.selectFrom('hand').select('state').where('visit_id', '=', p('visitId')).where('entry_no', '=', p('entryNo')),
  )

  const ofVisit = prepare<{ visitId: string }, { state: string }>(db, (q, p) =>
    q.selectFrom('hand').select('state').where('visit_id', '=', p('visitId')).limit(sql.lit(1)),
  )

  return {
    /** Whether an entry of this visit was ever granted to this counter. */
    knowsVisit: (visitId: string): boolean => ofVisit.get({ visitId }) !== undefined,
    /** Whether this counter has called the entry: news that it waits is then older than what this desk knows. */
    isUsed: (key: Key): boolean => state.get({ visitId: key.visitId, entryNo: key.entryNo })?.state === 'used',
    /** Takes a grant. Returns false when this or a later grant of the entry was already known. */
    grant(entry: HandEntry): boolean {
      return (
        insert.run({
          visit_id: entry.visitId,
          entry_no: entry.entryNo,
          incarnation: entry.grant.incarnation,
          grant_n: entry.grant.n,
          label: entry.label,
          business_date: entry.businessDate,
          service_id: entry.serviceId,
          priority: entry.priority,
          is_priority: Number(entry.isPriority),
          journey_id: entry.journeyId,
          issued_at: entry.issuedAt,
          waiting_since: entry.waitingSince,
          ord: entry.order,
        }) > 0
      )
    },
    /** First entry of each class on a day: all that the rank rule looks at. */
    heads(businessDate: string): HandEntry[] {
      return heads.flatMap((statement) => {
        const row = statement.get({ businessDate })
        return row ? [fromRow(row)] : []
      })
    },
    /** Everything held for a day. */
    held(businessDate: string): HandEntry[] {
      return held.all({ businessDate }).map(fromRow)
    },
    /** Everything held, whatever its date: what a closing counter gives back. */
    allHeld(): HandEntry[] {
      return allHeld.all({}).map(fromRow)
    },
    markUsed(key: Key): void {
      setState.run({ ...key, state: 'used' })
    },
    markReleased(key: Key & { grant: GrantNo }): void {
      setState.run({ visitId: key.visitId, entryNo: key.entryNo, state: 'released' })
    },
  }
}

function fromRow(row: HandRow): HandEntry {
  return {
    visitId: row.visit_id,
    entryNo: row.entry_no,
    grant: { incarnation: row.incarnation, n: row.grant_n },
    label: row.label,
    businessDate: row.business_date,
    serviceId: row.service_id,
    priority: row.priority,
    isPriority: row.is_priority === 1,
    journeyId: row.journey_id,
    issuedAt: row.issued_at,
    waitingSince: row.waiting_since,
    order: row.ord,
  }
}

/** The append-only log of this device: one chain for each generation. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import type { EventTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import { GENESIS, linkHash, type Sha256 } from '#domain/chain.ts'
import type { EventBody } from '#domain/events.ts'

const BATCH = 500

export type StoredEvent = EventTable
type Place = { generation: number; seq: number }

export function createEvents({ db, mustLast }: Store, sha256: Sha256) {
  const last = prepare<{ generation: number }, { seq: number; hash: string }>(db, (q, p) =>
    q
      .selectFrom('event')
      .select(['seq', 'hash'])
      // The cast hides the parameter from the planner, which would else plan the query again on every call.
      .where('generation', '=', sql<number>`cast(${p('generation')} as integer)`)
      .orderBy('seq', 'desc')
      .limit(sql.lit(1)),
  )
  const insert = prepare<StoredEvent, never>(db, (q, p) =>
    q.insertInto('event').values({
      generation: p('generation'),
      seq: p('seq'),
      hash: p('hash'),
      type: p('type'),
      body: p('body'),
    }),
  )
  const from = prepare<Place & { limit: number }, StoredEvent>(db, (q, p) =>
    q
      .selectFrom('event')
      .selectAll()
      .where('generation', '=', p('generation'))
      .where('seq', '>', p('seq'))
      .orderBy('seq')
      .limit(p('limit')),
  )
  const fromAny = prepare<Place & { limit: number }, StoredEvent>(db, (q, p) =>
    q
      .selectFrom('event')
      .selectAll()
      .where(sql<boolean>`(generation, seq) > (${p('generation')}, ${p('seq')})`)
      .orderBy('generation')
      .orderBy('seq')
      .limit(p('limit')),
  )
  const one = prepare<Place, StoredEvent>(db, (q, p) =>
    q.selectFrom('event').selectAll().where('generation', '=', p('generation')).where('seq', '=', p('seq')),
  )

  /** All rows in order, read in batches, so that the caller may write in between. */
  function* rows(): Generator<StoredEvent> {
    let batch = fromAny.all({ generation: 0, seq: 0, limit: BATCH })
    while (batch.length > 0) {
      yield* batch
      const { generation, seq } = batch.at(-1) as StoredEvent
      batch = fromAny.all({ generation, seq, limit: BATCH })
    }
  }

  return {
    /** Sequence number and hash of the newest event of a generation; seq 0 and GENESIS when it has none. */
    head: (generation: number): { seq: number; hash: string } => last.get({ generation }) ?? { seq: 0, hash: GENESIS },
    /** Appends one event after the head it was made for. */
    append(event: EventBody, prevHash: string): StoredEvent {
      const body = canonicalJson(event)
      const { generation, seq, type } = event
      const row = { generation, seq, hash: linkHash(sha256, prevHash, body), type, body }
      insert.run(row)
      mustLast()
      return row
    },
    /** Up to `limit` events of a generation with a sequence number greater than `seq`, in order. */
    after: (generation: number, seq: number, limit: number): StoredEvent[] => from.all({ generation, seq, limit }),
    get: (generation: number, seq: number): StoredEvent | undefined => one.get({ generation, seq }),
    rows,
    /** Every event in order, decoded. */
    *all(): Generator<EventBody> {
      for (const row of rows()) yield JSON.parse(row.body) as EventBody
    },
  }
}

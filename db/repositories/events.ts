/** The append-only log of this device. */
import { sql } from 'kysely'
import type { Store } from '#db/open.ts'
import { prepare } from '#db/statement.ts'
import { canonicalJson } from '#domain/canonical-json.ts'
import { GENESIS, linkHash, type Sha256 } from '#domain/chain.ts'
import type { EventBody } from '#domain/events.ts'

const BATCH = 500

export type StoredEvent = { seq: number; hash: string; type: string; body: string }

export function createEvents({ db }: Store, sha256: Sha256) {
  const last = prepare<Record<never, never>, { seq: number; hash: string }>(db, (q) =>
    q.selectFrom('event').select(['seq', 'hash']).orderBy('seq', 'desc').limit(sql.lit(1)),
  )
  const insert = prepare<StoredEvent, never>(db, (q, p) =>
    q.insertInto('event').values({ seq: p('seq'), hash: p('hash'), type: p('type'), body: p('body') }),
  )
  const from = prepare<{ seq: number; limit: number }, StoredEvent>(db, (q, p) =>
    q.selectFrom('event').selectAll().where('seq', '>', p('seq')).orderBy('seq').limit(p('limit')),
  )
  const one = prepare<{ seq: number }, StoredEvent>(db, (q, p) =>
    q.selectFrom('event').selectAll().where('seq', '=', p('seq')),
  )

  return {
    /** Sequence number and hash of the newest event; seq 0 and GENESIS when the log is empty. */
    head(): { seq: number; hash: string } {
      return last.get({}) ?? { seq: 0, hash: GENESIS }
    },
    /** Appends one event after the head it was made for. */
    append(event: EventBody, prevHash: string): StoredEvent {
      const body = canonicalJson(event)
      const row = { seq: event.seq, hash: linkHash(sha256, prevHash, body), type: event.type, body }
      insert.run(row)
      return row
    },
    /** Up to `limit` events with a sequence number greater than `seq`, in order. */
    after(seq: number, limit: number): StoredEvent[] {
      return from.all({ seq, limit })
    },
    get(seq: number): StoredEvent | undefined {
      return one.get({ seq })
    },
    /** Every event in order, decoded. Read in batches, so that the caller may write in between. */
    *all(): Generator<EventBody> {
      let batch = from.all({ seq: 0, limit: BATCH })
      while (batch.length > 0) {
        for (const row of batch) yield JSON.parse(row.body) as EventBody
        batch = from.all({ seq: batch.at(-1)?.seq ?? 0, limit: BATCH })
      }
    },
  }
}

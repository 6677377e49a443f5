/** The session of this desk: which counter is open under which epoch, who sits there, when serving began. */
import { isDeepStrictEqual } from 'node:util'
import type { Store } from '#db/open.ts'
import type { DeskTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'
import type { RankHistory } from '#domain/rank.ts'

type DeskRow = Omit<DeskTable, 'id'>

export type DeskSession = {
  /** Counter and epoch last granted to this PC, kept while closed. */
  counter: { counterId: string; epoch: number } | null
  open: boolean
  paused: boolean
  officerId: string | null
  launchId: string | null
  history: RankHistory
  serving: { mono: number; bootId: string } | null
}

export function createDesk({ db }: Store) {
  const read = prepare<Record<never, never>, DeskRow>(db, (q) => q.selectFrom('desk').selectAll().where('id', '=', 1))
  const write = prepare<DeskRow, never>(db, (q, p) =>
    q
      .updateTable('desk')
      .set({
        counter_id: p('counter_id'),
        epoch: p('epoch'),
        open: p('open'),
        paused: p('paused'),
        officer_id: p('officer_id'),
        launch_id: p('launch_id'),
        regulars_since_priority: p('regulars_since_priority'),
        serving_mono: p('serving_mono'),
        serving_boot: p('serving_boot'),
      })
      .where('id', '=', 1),
  )

  function get(): DeskSession {
    const row = read.get({})
    if (!row) throw new Error('the desk row is missing')
    return {
      counter: row.counter_id && row.epoch ? { counterId: row.counter_id, epoch: row.epoch } : null,
      open: row.open === 1,
      paused: row.paused === 1,
      officerId: row.officer_id,
      launchId: row.launch_id,
      history: { regularsSincePriority: row.regulars_since_priority },
      serving:
        row.serving_mono !== null && row.serving_boot !== null
          ? { mono: row.serving_mono, bootId: row.serving_boot }
          : null,
    }
  }

  return {
    get,
    /** Changes some fields and keeps the rest (`before`, when the caller has just read it); what is so already costs no write. */
    set(change: Partial<DeskSession>, before: DeskSession = get()): void {
      const next = { ...before, ...change }
      if (isDeepStrictEqual(before, next)) return
      write.run({
        counter_id: next.counter?.counterId ?? null,
        epoch: next.counter?.epoch ?? null,
        open: Number(next.open),
        paused: Number(next.paused),
        officer_id: next.officerId,
        launch_id: next.launchId,
        regulars_since_priority: next.history.regularsSincePriority,
        serving_mono: next.serving?.mono ?? null,
        serving_boot: next.serving?.bootId ?? null,
      })
    },
  }
}

/** The session of this desk: which counter is open under which epoch, who sits there, when serving began. */
import { isDeepStrictEqual } from 'node:util'
import type { Store } from '#db/open.ts'
import type { DeskTable } from '#db/schema.ts'
import { prepare } from '#db/statement.ts'
import type { PauseReason } from '#domain/events.ts'
import type { RankHistory } from '#domain/rank.ts'

type DeskRow = Omit<DeskTable, 'id'>

export type DeskPause = { reason: PauseReason; since: number; backAt: number | null; scheduled: boolean }

export type DeskSession = {
  /** Counter and epoch last granted to this PC, kept while closed. */
  counter: { counterId: string; epoch: number } | null
  open: boolean
  paused: boolean
  /** While paused. */
  pause: DeskPause | null
  /** Mall time since which the counter has been open and not paused. */
  workingSince: number | null
  /** Null: all services of the counter. */
  chosenServices: readonly string[] | null
  /** Mall time since which the screen has been locked. */
  lockedSince: number | null
  officerId: string | null
  launchId: string | null
  history: RankHistory
  serving: { mono: number; bootId: string } | null
}

/** What a session that is over leaves behind. */
export const CLOSED = { open: false, paused: false, pause: null, workingSince: null, chosenServices: null } as const

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
        pause_reason: p('pause_reason'),
        pause_since: p('pause_since'),
        pause_back_at: p('pause_back_at'),
        pause_scheduled: p('pause_scheduled'),
        working_since: p('working_since'),
        chosen_services: p('chosen_services'),
        locked_since: p('locked_since'),
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
      pause: pauseOf(row),
      workingSince: row.working_since,
      chosenServices: row.chosen_services === null ? null : (JSON.parse(row.chosen_services) as string[]),
      lockedSince: row.locked_since,
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
        pause_reason: next.pause?.reason ?? null,
        pause_since: next.pause?.since ?? null,
        pause_back_at: next.pause?.backAt ?? null,
        pause_scheduled: Number(next.pause?.scheduled ?? false),
        working_since: next.workingSince,
        chosen_services: next.chosenServices === null ? null : JSON.stringify(next.chosenServices),
        locked_since: next.lockedSince,
      })
    },
  }
}

function pauseOf(row: DeskRow): DeskPause | null {
  const { pause_reason: reason, pause_since: since, pause_back_at: backAt, pause_scheduled } = row
  return reason === null || since === null ? null : { reason, since, backAt, scheduled: pause_scheduled === 1 }
}

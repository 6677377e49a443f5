/**
 * What may still be taken back: the last give-away by hand stays here for some seconds before the server hears of it. It lives
 * in memory: a restart ends it, and so does the next fact, because only the newest event of the log is ever withheld.
 */
import type { StoredEvent } from '#db/repositories/events.ts'
import type { EventBody, Fact } from '#domain/events.ts'
import type { Clock } from '#main/host/ports.ts'

export const WITHHOLD_MS = 8_000

type Head = { generation: number; seq: number }

export type Withhold = {
  /** After the commit of a forward, transfer or release by hand. */
  begin(event: StoredEvent): void
  /** The withheld fact when `head` is the end of the log, or null when nothing may be taken back any more. */
  fact(head: Head): Fact | null
  /** Milliseconds until it is over by itself; 0 when nothing is withheld. */
  msLeft(head: Head): number
  /** Somebody else was told of it. */
  end(): void
}

export function createWithhold(clock: Clock): Withhold {
  let held: { event: StoredEvent; since: number } | null = null

  function msLeft({ generation, seq }: Head): number {
    if (held?.event.generation !== generation || held.event.seq !== seq) return 0
    return Math.max(0, held.since + WITHHOLD_MS - clock.mono())
  }

  return {
    begin(event) {
      held = { event, since: clock.mono() }
    },
    fact(head) {
      return held && msLeft(head) > 0 ? (JSON.parse(held.event.body) as EventBody) : null
    },
    msLeft,
    end() {
      held = null
    },
  }
}

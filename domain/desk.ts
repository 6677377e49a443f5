/** What a counter may do: a pure decision from what the store holds, a command and the time. No I/O, no clock. */
import type { Entry } from '#domain/entry.ts'
import { type EntryAct, nextStatus } from '#domain/entry-status.ts'
import type { Duration, EntryCalled, Fact, GrantNo, Outcome } from '#domain/events.ts'
import { chooseNext, type Ranked, type RankHistory, type RankPolicy } from '#domain/rank.ts'

/** An entry in the counter's own hand, not yet called. */
export type HandEntry = Ranked & Omit<EntryCalled, 'grant'> & { grant: GrantNo }

export type DeskState = {
  officerId: string | null
  counter: { counterId: string; epoch: number } | null
  /** The entry at the desk (called or serving). */
  current: Entry | null
  hand: readonly HandEntry[]
  history: RankHistory
  policy: RankPolicy
  /** Since serving began; null while not serving. */
  served: Duration | null
}

/** Names the entry the officer saw when pressing: a stale screen never acts on another citizen. */
type OnEntry = { visitId: string; entryNo: number }

export type DeskCommand =
  | { kind: 'callNext' }
  | ({ kind: 'callAgain' } & OnEntry)
  | ({ kind: 'startServing' } & OnEntry)
  | ({ kind: 'complete'; outcome: Outcome } & OnEntry)
  | ({
      kind: 'forward'
      toServiceId: string
      journeyId: string | null
      handsOver: { key: string; valueHash: string } | null
    } & OnEntry)
  | ({ kind: 'noShow' } & OnEntry)
  | { kind: 'closeCounter' }

export type DeskRefusal =
  | 'NOT_SIGNED_IN'
  | 'COUNTER_NOT_OPEN'
  | 'ENTRY_IN_PROGRESS'
  | 'NOTHING_WAITING'
  | 'NO_CURRENT_ENTRY'
  | 'STALE_SCREEN'
  | 'NOT_ALLOWED_NOW'
  | 'SAME_SERVICE'

export type Decision = { ok: true; facts: Fact[] } | { ok: false; code: DeskRefusal }

export function decide(state: DeskState, command: DeskCommand): Decision {
  if (!state.officerId) return refuse('NOT_SIGNED_IN')
  if (!state.counter) return refuse('COUNTER_NOT_OPEN')
  if (command.kind === 'callNext') return callNext(state)
  if (command.kind === 'closeCounter') return closeCounter(state, state.counter)
  const { current } = state
  if (!current) return refuse('NO_CURRENT_ENTRY')
  if (current.visitId !== command.visitId || current.entryNo !== command.entryNo) return refuse('STALE_SCREEN')
  if (nextStatus(current.status, ACT_OF[command.kind]) === null) return refuse('NOT_ALLOWED_NOW')
  if (command.kind === 'forward' && command.toServiceId === current.serviceId) return refuse('SAME_SERVICE')
  return { ok: true, facts: [factOf(command, current, state.served)] }
}

const ACT_OF: Readonly<Record<Exclude<DeskCommand['kind'], 'callNext' | 'closeCounter'>, EntryAct>> = {
  callAgain: 'callAgain',
  startServing: 'serve',
  complete: 'complete',
  forward: 'forward',
  noShow: 'noShow',
}

function callNext(state: DeskState): Decision {
  if (state.current) return refuse('ENTRY_IN_PROGRESS')
  const next = chooseNext(state.hand, state.history, state.policy)
  if (!next) return refuse('NOTHING_WAITING')
  const { order: _order, isPriority: _isPriority, ...data } = next
  return { ok: true, facts: [{ type: 'entry.called', data }] }
}

/** Closing gives every uncalled entry of the hand back to the dealer, then ends the session. */
function closeCounter(state: DeskState, counter: { counterId: string; epoch: number }): Decision {
  if (state.current) return refuse('ENTRY_IN_PROGRESS')
  const released: Fact[] = state.hand.map(({ visitId, entryNo, grant }) => ({
    type: 'entry.released',
    data: { visitId, entryNo, grant },
  }))
  return { ok: true, facts: [...released, { type: 'counter.closed', data: { ...counter } }] }
}

function factOf(
  command: Exclude<DeskCommand, { kind: 'callNext' | 'closeCounter' }>,
  current: Entry,
  served: Duration | null,
): Fact {
  const ref = { visitId: current.visitId, entryNo: current.entryNo }
  switch (command.kind) {
    case 'callAgain':
      return { type: 'entry.called_again', data: { ...ref, times: current.calls + 1 } }
    case 'startServing':
      return { type: 'entry.serving', data: ref }
    case 'complete':
      return {
        type: 'entry.completed',
        data: { ...ref, outcome: command.outcome, served: served ?? { ms: 0, estimated: true } },
      }
    case 'forward': {
      const { toServiceId, journeyId, handsOver } = command
      const toEntryNo = current.entryNo + 1
      return { type: 'entry.forwarded', data: { ...ref, toServiceId, toEntryNo, journeyId, served, handsOver } }
    }
    case 'noShow':
      return { type: 'entry.no_show', data: { ...ref, calls: current.calls } }
  }
}

function refuse(code: DeskRefusal): Decision {
  return { ok: false, code }
}

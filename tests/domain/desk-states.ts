/** A counter's desk in the states from which the tests of its decisions set out. */
import { decide } from '#domain/desk.ts'
import type { DeskCommand, DeskState, HandEntry } from '#domain/desk-command.ts'
import { applyEvent, type Entry } from '#domain/entry.ts'
import type { Fact } from '#domain/events.ts'
import { FRESH_HISTORY } from '#domain/rank.ts'

export const hand = (n: number): HandEntry => ({
  visitId: `visit-${n}`,
  entryNo: 1,
  grant: { incarnation: 1, n },
  label: `A-00${n}`,
  businessDate: '2026-11-16',
  serviceId: 'ktp',
  priority: null,
  journeyId: null,
  issuedAt: n,
  waitingSince: n,
  order: n,
  isPriority: false,
})

/** `opened`: everything that was opened at the desk, as its projection keeps it. */
export type Desk = DeskState & { opened: Readonly<Record<string, Entry>> }

export const READY: Desk = {
  opened: {},
  officerId: 'made',
  counter: { counterId: 'loket-1', epoch: 2 },
  paused: false,
  inDoubt: false,
  online: true,
  current: null,
  subject: null,
  withheld: null,
  hand: [hand(2), hand(1)],
  history: FRESH_HISTORY,
  policy: { regularPerPriority: 2, ageingMs: 1_800_000 },
  recall: { limit: 3, after: 'no_show' },
  served: null,
}

export const TODAY = '2026-11-16'

export const COUNTER = { counterId: 'loket-1', epoch: 2 }

export const ON = { visitId: 'visit-1', entryNo: 1 }

/** The state after a decision, folded the way a store does it. */
export function after(state: Desk, command: DeskCommand): Desk {
  const named = 'visitId' in command ? (state.opened[`${command.visitId} ${command.entryNo}`] ?? null) : state.subject
  const decision = decide({ ...state, subject: named }, command)
  return decision.ok ? decision.facts.reduce(fold, { ...state, withheld: null }) : state
}

export function fold(state: Desk, fact: Fact): Desk {
  if (fact.type === 'counter.paused') return { ...state, paused: true }
  if (fact.type === 'counter.resumed') return { ...state, paused: false }
  if (!('entryNo' in fact.data)) return state
  const { visitId, entryNo } = fact.data
  const key = `${visitId} ${entryNo}`
  const envelope = { v: 1 as const, device: 'd', generation: 1, seq: 1, at: 1_000, offset: 0 }
  const circumstances = { counterId: 'loket-1', epoch: 2, officerId: 'made' }
  const next = applyEvent(state.opened[key] ?? null, { ...envelope, ...circumstances, ...fact })
  const isAtDesk = next?.status === 'called' || next?.status === 'serving'
  const isWaitingAgain = fact.type === 'entry.returned' || fact.type === 'entry.call_undone'
  const rest = state.hand.filter((entry) => entry.visitId !== visitId)
  return {
    ...state,
    opened: next ? { ...state.opened, [key]: next } : state.opened,
    current: isAtDesk ? next : state.current?.visitId === visitId ? null : state.current,
    subject: next,
    withheld: fact,
    hand: isWaitingAgain && next ? [...rest, { ...next, order: 1, isPriority: false }] : rest,
  }
}

export const called = after(READY, { kind: 'callNext' })

export const serving = after(called, { kind: 'startServing', ...ON })

export const onHold = after(serving, { kind: 'hold', reason: 'payment', ...ON })

export const absent = { ...READY, subject: fold(called, { type: 'entry.no_show', data: { ...ON, calls: 1 } }).subject }

export const codeOf = (state: DeskState, command: DeskCommand) => {
  const decision = decide(state, command)
  return decision.ok ? 'ok' : decision.code
}

export const factsOf = (state: DeskState, command: DeskCommand) => {
  const decision = decide(state, command)
  return decision.ok ? decision.facts : decision.code
}

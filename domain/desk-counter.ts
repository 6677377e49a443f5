/** The counter's own acts: it pauses and goes on, chooses its services, closes. */
import { pauseOf, releaseOf, servicesChosen } from '#domain/counter-facts.ts'
import type { Counter, DeskCommand, DeskState, SettledAside } from '#domain/desk-command.ts'
import { accept, type Decision, refAnd, refOf, refuse } from '#domain/desk-decision.ts'
import type { Entry } from '#domain/entry.ts'
import type { Fact } from '#domain/events.ts'

export type CounterCommand = Extract<
  DeskCommand,
  { kind: 'pauseCounter' | 'resumeCounter' | 'chooseServices' | 'closeCounter' }
>

export function onCounter(state: DeskState, counter: Counter, command: CounterCommand): Decision {
  switch (command.kind) {
    case 'pauseCounter':
      if (state.current) return refuse('ENTRY_IN_PROGRESS')
      if (state.paused) return refuse('NOT_ALLOWED_NOW')
      return accept(pauseOf(counter, command))
    case 'resumeCounter':
      return state.paused ? accept({ type: 'counter.resumed', data: { ...counter } }) : refuse('NOT_ALLOWED_NOW')
    case 'chooseServices':
      return chooseServices(state, counter, command.serviceIds)
    case 'closeCounter':
      return closeCounter(state, counter, command)
  }
}

/** Cut off, nobody else could be given what goes back: then the counter may take more, but not less. */
function chooseServices(state: DeskState, counter: Counter, serviceIds: readonly string[]): Decision {
  const facts = servicesChosen(state.hand, counter, serviceIds)
  return !state.online && facts.length > 1 ? refuse('CHOICE_STRANDS') : accept(...facts)
}

/**
 * Closing gives every uncalled entry of the hand back to the dealer and ends the session. Cut off, the entries stay: they are
 * given back just before the first contact, unless the counter opens again before.
 */
function closeCounter(
  state: DeskState,
  counter: Counter,
  { settle, today }: { settle: readonly SettledAside[]; today: string },
): Decision {
  if (state.current) return refuse('ENTRY_IN_PROGRESS')
  const settled: Fact[] = []
  const returned: Entry[] = []
  for (const { entry, to } of settle) {
    // The screen is stale: it came back to the desk, or was ended, meanwhile.
    if (entry?.status !== 'on_hold' && entry?.status !== 'no_show') return refuse('STALE_SCREEN')
    // Nobody is dealt what is of an earlier day, and nothing would end it: it stays here or is cancelled.
    if (to === 'return' && entry.businessDate !== today) return refuse('STALE_SCREEN')
    if (to === 'return') {
      settled.push({ type: 'entry.returned', data: refOf(entry) })
      returned.push(entry)
    } else settled.push({ type: 'entry.cancelled', data: refAnd(entry, 'visitor_left') })
  }
  const released = state.online ? [...state.hand, ...returned].map(releaseOf) : []
  return accept(...settled, ...released, { type: 'counter.closed', data: { ...counter } })
}

/** What a counter writes down of its session and of the hand that it gives back: facts as they look, whatever the reason is. */
import type { HandEntry } from '#domain/desk-command.ts'
import type { EntryAsKnown, Fact, PauseReason } from '#domain/events.ts'

type Counter = { counterId: string; epoch: number }

/** What giving an entry of the hand back looks like, whatever the reason is. */
export function releaseOf({ visitId, entryNo, grant }: Pick<EntryAsKnown, 'visitId' | 'entryNo' | 'grant'>): Fact {
  return { type: 'entry.released', data: { visitId, entryNo, grant } }
}

/** Uncalled entries of days that are over. Called ones are finished after midnight. */
export function expiries(hand: readonly HandEntry[], today: string): Fact[] {
  return hand
    .filter((entry) => entry.businessDate < today)
    .map(({ visitId, entryNo, grant }) => ({ type: 'entry.expired', data: { visitId, entryNo, grant } }))
}

/** Entries that the counter can no longer serve under a changed configuration go back together with the change. */
export function profileChange(
  hand: readonly HandEntry[],
  counter: Counter,
  serviceIds: readonly string[],
  configVersion: number,
): Fact[] {
  const lost = hand.filter((entry) => !serviceIds.includes(entry.serviceId))
  return [...lost.map(releaseOf), { type: 'counter.profile_changed', data: { ...counter, configVersion } }]
}

/** Entries that the counter no longer takes go back together with the choice. */
export function servicesChosen(hand: readonly HandEntry[], counter: Counter, serviceIds: readonly string[]): Fact[] {
  const left = hand.filter((entry) => !serviceIds.includes(entry.serviceId))
  return [
    ...left.map(releaseOf),
    { type: 'counter.services_chosen', data: { ...counter, serviceIds: [...serviceIds] } },
  ]
}

/** Istirahat, as an officer asked for it. */
export function pauseOf(counter: Counter, { reason, backAt }: { reason: PauseReason; backAt: number | null }): Fact {
  const data = { ...counter, reason }
  return { type: 'counter.paused', data: backAt === null ? data : { ...data, backAt } }
}

/** The pause that the mall's schedule begins. */
export function plannedPauseOf(counter: Counter, { reason, to }: { reason: PauseReason; to: number }): Fact {
  return { type: 'counter.paused', data: { ...counter, reason, backAt: to, scheduled: true } }
}

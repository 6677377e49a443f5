import { expect, test } from 'vitest'
import { type EntryAct, type EntryStatus, nextStatus, TRANSITIONS } from '#domain/entry-status.ts'

const STATUSES: EntryStatus[] = ['waiting', 'called', 'serving', 'completed', 'forwarded', 'no_show']

/** Written out by hand: the table that officers are taught. */
const ALLOWED: Record<EntryStatus, Partial<Record<EntryAct, EntryStatus>>> = {
  waiting: { call: 'called', release: 'waiting' },
  called: { callAgain: 'called', serve: 'serving', forward: 'forwarded', noShow: 'no_show' },
  serving: { complete: 'completed', forward: 'forwarded' },
  completed: {},
  forwarded: {},
  no_show: {},
}

test.each(STATUSES)('from %s only the acts of the table lead on', (status) => {
  for (const act of Object.keys(TRANSITIONS) as EntryAct[]) {
    expect(nextStatus(status, act)).toBe(ALLOWED[status][act] ?? null)
  }
})

test('no act leads out of the three ends', () => {
  const acts = Object.keys(TRANSITIONS) as EntryAct[]
  const ends = STATUSES.filter((status) => acts.every((act) => nextStatus(status, act) === null))
  expect(ends).toEqual(['completed', 'forwarded', 'no_show'])
})

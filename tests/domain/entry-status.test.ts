import { expect, test } from 'vitest'
import { type EntryAct, type EntryStatus, isEnded, nextStatus, TRANSITIONS } from '#domain/entry-status.ts'

/** Written out by hand: the table that officers are taught. */
const ALLOWED: Record<EntryStatus, Partial<Record<EntryAct, EntryStatus>>> = {
  waiting: { call: 'called', present: 'called', release: 'waiting', expire: 'expired', supersede: 'superseded' },
  called: {
    callAgain: 'called',
    undoCall: 'waiting',
    return: 'waiting',
    serve: 'serving',
    hold: 'on_hold',
    forward: 'forwarded',
    noShow: 'no_show',
    cancel: 'cancelled',
    supersede: 'superseded',
  },
  serving: {
    return: 'waiting',
    hold: 'on_hold',
    complete: 'completed',
    forward: 'forwarded',
    cancel: 'cancelled',
    supersede: 'superseded',
  },
  on_hold: { return: 'waiting', resume: 'serving', cancel: 'cancelled', supersede: 'superseded' },
  no_show: { return: 'waiting', callBack: 'called', cancel: 'cancelled', supersede: 'superseded' },
  completed: {},
  forwarded: {},
  cancelled: {},
  expired: {},
  superseded: { call: 'called', present: 'called' },
}
const STATUSES = Object.keys(ALLOWED) as EntryStatus[]

test.each(STATUSES)('from %s only the acts of the table lead on', (status) => {
  for (const act of Object.keys(TRANSITIONS) as EntryAct[]) {
    expect(nextStatus(status, act)).toBe(ALLOWED[status][act] ?? null)
  }
})

test('what is ended leads nowhere, but what was superseded may come again by a new grant', () => {
  const acts = Object.keys(TRANSITIONS) as EntryAct[]
  const ends = STATUSES.filter((status) => acts.every((act) => nextStatus(status, act) === null))
  expect(ends).toEqual(['completed', 'forwarded', 'cancelled', 'expired'])
  expect(STATUSES.filter(isEnded)).toEqual([...ends, 'superseded'])
})

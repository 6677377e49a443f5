/** The desk suite of npm run bench in its smallest size: every press that it measures, against a real host and server. */
import { expect, test } from 'vitest'
import { desk } from '#tests/bench/desk.ts'

const KINDS = ['call', 'call-again', 'menu', 'tab', 'start', 'search', 'complete', 'confirm', 'no-show']

test('every act is pressed and painted, and of a long list only what is in view is drawn', {
  timeout: 90_000,
}, async () => {
  const figures = await desk({ visits: 4, early: 2, waiting: 70, rounds: 3, reloads: 1 })

  const named = Object.fromEntries(figures.map(({ name, value }) => [name, value]))
  expect(Object.keys(named).sort()).toEqual(
    [
      ...['desk.act.p50', 'desk.act.p99', ...KINDS.map((kind) => `desk.${kind}.p50`)],
      ...['desk.rows', 'desk.scroll.longest', 'desk.interactive', 'desk.bundle', 'desk.heap'],
    ].sort(),
  )
  expect(figures.filter(({ name, value }) => name !== 'desk.scroll.longest' && !(value > 0))).toEqual([])
  expect(named['desk.rows']).toBeLessThanOrEqual(60)
})

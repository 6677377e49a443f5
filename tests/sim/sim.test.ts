/** The simulation itself: a part of what `npm run sim -- --seeds 2000` proves, on every run of the suite. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { METHODS } from '#contract/desk-api.ts'
import { ROOT } from '#scripts/root.ts'
import { MUTATIONS } from '#tests/sim/mutations.ts'
import { COMMANDS } from '#tests/sim/report-names.ts'
import { runSeed } from '#tests/sim/run-seed.ts'
import { runSeeds } from '#tests/sim/run-seeds.ts'

test('whatever is lost, late, cut, killed or restored: nobody is called twice, nothing is lost, the books balance', async () => {
  const report = await runSeeds({ from: 1, seeds: 40, first: false, workers: 2, history: false })

  expect(report.violations.map(({ seed, invariant, detail }) => `${seed} ${invariant}: ${detail}`)).toEqual([])
  expect(report.meanSteps).toBeGreaterThan(150)
  // Every command of the contract that moves custody, done and not only tried.
  const custody = Object.entries(METHODS).flatMap(([name, { movesCustody }]) => (movesCustody ? name : []))
  expect(COMMANDS).toEqual(expect.arrayContaining(custody))
  expect(custody.filter((name) => !report.counts[name])).toEqual([])
}, 240_000)

test('a seed replays exactly', async () => {
  const first = await runSeed(7, true)
  const second = await runSeed(7, true)

  expect(second.history).toBe(first.history)
  expect(first.steps).toBeGreaterThan(150)
}, 60_000)

test.each(MUTATIONS)('the place of the mutation "$name" still stands in the sources, once', ({ changes }) => {
  for (const { file, from } of changes) {
    expect(readFileSync(join(ROOT, file), 'utf8').split(from)).toHaveLength(2)
  }
})

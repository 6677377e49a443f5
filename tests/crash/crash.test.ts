/** Real hosts and a real server, killed without warning while they work. */
import { expect, it } from 'vitest'
import { runCrash } from '#tests/crash/run-crash.ts'

const KILLS = 200

it('killed at any moment, the desks go on by themselves, and nothing acknowledged or shown as called is lost', async () => {
  const { counts, breaches, folder } = await runCrash({ kills: KILLS, seed: Date.now() })
  // One breach brings others along: the first ones tell what happened.
  expect(breaches.slice(0, 30), `${folder} ${JSON.stringify(counts)}`).toEqual([])
  expect(counts.kills).toBe(KILLS)
  // Otherwise this would prove nothing: deaths between a command or a push and its answer, on both sides of the commit.
  expect(counts.inside / counts.kills, JSON.stringify(counts)).toBeGreaterThanOrEqual(0.3)
  for (const number of [counts.committedUnanswered, counts.storedUnacknowledged, counts.whileStarting]) {
    expect(number, JSON.stringify(counts)).toBeGreaterThan(0)
  }
  expect(counts.server).toBeGreaterThan(KILLS / 20)
  expect(counts.acknowledged).toBeGreaterThan(KILLS)
  expect(counts.pushesAcknowledged).toBeGreaterThan(KILLS / 20)
}, 600_000)

/** The suites of npm run bench that need nothing but Node, in their smallest size: they run, whatever they measure. */
import { expect, test } from 'vitest'
import { fanout } from '#tests/bench/fanout.ts'
import { printer } from '#tests/bench/printer.ts'
import { server } from '#tests/bench/server.ts'

test('server and fanout measure the server and their floors', async () => {
  const figures = [
    ...(await server({ alone: 1, together: 1, counters: 2 })),
    ...(await fanout({ rounds: 1, counters: 2 })),
  ]

  expect(figures.map(({ name }) => name)).toEqual([
    ...['server.c1.p50', 'server.c8.rate'],
    ...['fanout.p50', 'fanout.p99', 'fanout.sent.p50', 'fanout.sent.p99'],
  ])
  expect(figures.every(({ value, peerValue }) => value > 0 && peerValue !== null && peerValue > 0)).toBe(true)
})

test('printer builds receipts and counts what a storm left on the counter', { timeout: 60_000 }, async () => {
  const figures = await printer({ builds: 20, papers: 60 })

  expect(figures.map(({ name }) => name)).toEqual([
    ...['printer.build.p50', 'printer.build.p99', 'printer.storm'],
    ...['printer.storm.lost', 'printer.storm.twice', 'printer.storm.copies', 'printer.storm.deaths'],
  ])
  expect(figures.filter(({ value }) => value > 0).length).toBeGreaterThan(3)
})

/**
 * npm run sim -- [--seeds N] [--from S] [--seed S] [--first] [--json]: the real rules, engine, store and dealer under a seeded
 * scheduler, network and clock. `--seed` replays one seed and prints its whole history; `--first` stops at the first violation.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { runSeeds } from '#tests/sim/run-seeds.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    first: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    workers: { type: 'string', default: String(availableParallelism()) },
  },
})

const one = values.seed !== undefined
const report = await runSeeds({
  from: Number(values.seed ?? values.from),
  seeds: one ? 1 : Number(values.seeds),
  first: values.first,
  workers: one ? 1 : Number(values.workers),
  history: one && !values.json,
})

if (values.json) console.log(JSON.stringify(report))
else {
  for (const { seed, invariant, detail, step, history } of report.violations) {
    console.log(
      `${history}\n\nseed ${seed}, step ${step}: ${invariant}: ${detail}\nreplay: npm run sim -- --seed ${seed}\n`,
    )
  }
  console.log(JSON.stringify(report.counts, null, 2))
  console.log(
    `${report.seeds} seeds, ${report.violations.length} violations, ${report.seedsPerSecond.toFixed(1)} seeds/s, ${report.meanSteps.toFixed(0)} steps a seed`,
  )
}
process.exitCode = report.ok ? 0 : 1

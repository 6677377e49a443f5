/**
 * npm run crash -- [--kills N] [--seed S] [--round N]: kills real hosts and a real server while they work, and holds what is on
 * the disks against what was promised. Long runs are split into rounds, each in a new mall.
 */
import { parseArgs } from 'node:util'
import { type CrashCounts, runCrash } from '#tests/crash/run-crash.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    round: { type: 'string', default: '500' },
  },
})

/** One breach brings others along: the first ones tell what happened. */
const MOST_PRINTED = 30

let left = Number(values.kills)
const total: Record<string, number> = {}
for (let seed = Number(values.seed); left > 0; seed += 1) {
  const { counts, breaches, folder } = await runCrash({ kills: Math.min(left, Number(values.round)), seed })
  left -= counts.kills
  for (const name of Object.keys(counts) as (keyof CrashCounts)[]) total[name] = (total[name] ?? 0) + counts[name]
  for (const { kind, what } of breaches.slice(0, MOST_PRINTED)) console.log(`seed ${seed}: ${kind}: ${what}`)
  if (breaches.length > 0) console.log(`seed ${seed}: ${breaches.length} breaches, kept in ${folder}`)
  console.log(JSON.stringify({ seed, ...counts }))
}
console.log(JSON.stringify(total, null, 2))
process.exitCode = (total.lost ?? 0) + (total.twice ?? 0) + (total.wrong ?? 0) > 0 ? 1 : 0

/** Runs many seeds over worker threads (each world takes over its thread's timers) and adds up what they report. */
import { Worker } from 'node:worker_threads'
import { Counts } from '#tests/sim/counts.ts'
import type { Report, Violation } from '#tests/sim/report.ts'
import { REPORT_NAMES } from '#tests/sim/report-names.ts'

export type Options = { from: number; seeds: number; first: boolean; workers: number; history: boolean }

export type SeedResult = {
  seed: number
  steps: number
  counts: Record<string, number>
  violation: Violation | null
  /** The whole history, when asked for. */
  history: string | null
}

export async function runSeeds({ from, seeds, first, workers, history }: Options): Promise<Report> {
  const counts = new Counts(REPORT_NAMES)
  const violations: Violation[] = []
  const startedAt = performance.now()
  let next = from
  let done = 0
  let steps = 0

  const oneWorker = () =>
    new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData: { history } })
      const ask = () => {
        const isOver = next >= from + seeds || (first && violations.length > 0)
        if (isOver) void worker.terminate().then(() => resolve())
        else {
          worker.postMessage(next)
          next += 1
        }
      }
      worker.on('message', (result: SeedResult) => {
        done += 1
        steps += result.steps
        counts.merge(result.counts)
        if (result.violation) violations.push(result.violation)
        if (result.history && !result.violation) console.log(result.history)
        ask()
      })
      worker.on('error', reject)
      ask()
    })

  await Promise.all(Array.from({ length: Math.min(workers, seeds) }, oneWorker))
  return {
    ok: violations.length === 0,
    seeds: done,
    violations: violations.toSorted((a, b) => a.seed - b.seed),
    seedsPerSecond: done / ((performance.now() - startedAt) / 1000),
    meanSteps: steps / done,
    counts: counts.toJSON(),
  }
}

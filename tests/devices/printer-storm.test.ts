/** 200 jobs through a storm, to printers that answer all, some or none of what they are asked. */
import { describe, expect, test } from 'vitest'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { createPrintJobsInMemory } from '#tests/devices/print-jobs-in-memory.ts'
import { type Answers, createReceiptPrinter } from '#tests/devices/receipt-printer.ts'
import { slip } from '#tests/devices/samples.ts'
import { createCounterTop, FAULT_NAMES, type StormJobs, weather } from '#tests/devices/storm.ts'
import { createRandom } from '#tests/sim/random.ts'

function jobsInMemory(): StormJobs {
  const jobs = createPrintJobsInMemory()
  let last = 0
  const inState = (states: RegExp) => Object.entries(jobs.states()).filter(([, state]) => states.test(state))
  return {
    store: jobs.store,
    add: (papers) => papers.forEach(({ label, document }) => void jobs.add(`${label} ${++last}`, document)),
    asked() {
      return inState(/unknown/).map(([id]) => {
        jobs.store.finish(id, 'failed', null)
        return { label: id.split(' ')[0] ?? '' }
      })
    },
    isSettled: () => inState(/queued|sending|unknown/).length === 0,
  }
}

describe('the count of the papers on the counter', () => {
  const job = renderDocument(slip, 58)
  const wholeOf = (counter: ReturnType<typeof createCounterTop>) =>
    counter.of(slip.label.text).filter(({ whole }) => whole).length

  test('sees a job that was written twice over one connection', () => {
    const printer = createReceiptPrinter()
    printer.connect(() => {}).feed(Buffer.concat([job, job]))
    expect(wholeOf(createCounterTop(printer))).toBe(2)
  })

  test('sees the second one also when the first was looked at before, and what is begun after it', () => {
    const printer = createReceiptPrinter()
    const counter = createCounterTop(printer)
    const { feed } = printer.connect(() => {})
    feed(job)
    expect(wholeOf(counter)).toBe(1)
    feed(job.subarray(0, job.length / 2))
    expect(wholeOf(counter)).toBe(1)
    expect(counter.of(slip.label.text)).toHaveLength(2)
    feed(job.subarray(job.length / 2))
    expect(wholeOf(counter)).toBe(2)
    expect(counter.of(slip.label.text)).toHaveLength(2)
  })
})

test.each<[number, Answers]>([
  [11, 'all'],
  [12, 'all'],
  [13, 'real-time only'],
  [14, 'nothing'],
  [15, 'garbage'],
])(
  'seed %i, a printer that answers %s: no paper is lost, none comes out twice without SALINAN',
  { timeout: 120_000 },
  async (seed, answers) => {
    const storm = { random: createRandom(seed), answers, jobs: jobsInMemory(), papers: 200, deadlineMs: 150 }
    const after = await weather(storm)

    expect(after.lost).toEqual([])
    expect(after.twice).toEqual([])
    // The storm was one: every fault came, programs died, and paper was asked about.
    expect(after.faults).toEqual(FAULT_NAMES)
    expect(Math.min(after.deaths, after.copies)).toBeGreaterThan(2)
  },
)

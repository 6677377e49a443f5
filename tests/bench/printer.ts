/**
 * printer: how long the bytes of a receipt take to build, and what becomes of ten thousand papers in a storm: cut cables, stalls,
 * ends of the roll, programs that die, over the product's own worker, TCP line and store on a real disk.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '#db/open.ts'
import { createRepositories } from '#db/repositories/index.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { createPrintJobStore } from '#main/host/printing/print-queue.ts'
import { type Figure, figure, quantile } from '#tests/bench/result.ts'
import { OWN_PAPERS, SURVEY_URL } from '#tests/devices/picture/pictured-papers.ts'
import { receipt } from '#tests/devices/samples.ts'
import { type StormJobs, weather } from '#tests/devices/storm.ts'
import { createRandom } from '#tests/sim/random.ts'
import { sha256 } from '#tests/support/sha256.ts'

const SEED = 20_261_122
/** Twenty seconds in the product; two hundred stalls would be an hour. */
const DEADLINE_MS = 60

export async function printer({ builds = 5_000, papers = 10_000 } = {}): Promise<Figure[]> {
  return [...build(builds), ...(await storm(papers))]
}

/** Everything that can stand on a receipt, with a logo and a QR code. */
function build(builds: number): Figure[] {
  const papers = { logo: OWN_PAPERS.logo }
  const times: number[] = []
  const warmUp = Math.min(200, builds)
  for (let n = 0; n < builds + warmUp; n += 1) {
    // No two are alike: whatever is kept from one to the next is kept in the product, too.
    const document = {
      ...receipt,
      paymentReference: `NTPN${String(n).padStart(12, '0')}`,
      finishedAt: receipt.finishedAt + n * 1_000,
      surveyUrl: `${SURVEY_URL}&n=${n}`,
    }
    const started = performance.now()
    renderDocument(document, 80, papers)
    if (n >= warmUp) times.push(performance.now() - started)
  }
  return [
    figure('printer.build.p50', 'ms', quantile(times, 0.5), builds),
    figure('printer.build.p99', 'ms', quantile(times, 0.99), builds),
  ]
}

/** Throws when a paper was lost or came out twice without saying so. */
async function storm(papers: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'))
  const store = openStore(folder)
  try {
    const started = performance.now()
    const storm = {
      random: createRandom(SEED),
      answers: 'all',
      jobs: jobsIn(store),
      papers,
      deadlineMs: DEADLINE_MS,
    } as const
    const after = await weather(storm)
    const seconds = (performance.now() - started) / 1_000
    const { lost, twice } = after
    if (lost.length + twice.length > 0) throw new Error(`lost: ${lost.join(' ')}; twice: ${twice.join(' ')}`)
    return [
      figure('printer.storm', 's', seconds, papers),
      figure('printer.storm.lost', 'papers', lost.length, papers),
      figure('printer.storm.twice', 'papers', twice.length, papers),
      figure('printer.storm.copies', 'papers', after.copies, papers),
      figure('printer.storm.deaths', 'programs', after.deaths, papers),
    ]
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The workstation's own print queue. What an officer does with it is done as the desk does it, each act durable. */
function jobsIn(store: Store): StormJobs {
  const repositories = createRepositories(store, sha256)
  const { printJobs } = repositories
  // What a screen is told is made for the few papers of a bad day: with thousands waiting it would be what is measured.
  const open = `FROM print_job WHERE state IN ('queued', 'sending', 'unknown', 'failed')`
  const unknown = store.db.prepare<[], { id: string; label: string }>(
    `SELECT id, label ${open} AND state = 'unknown' AND settled = 0`,
  )
  const unsettled = store.db.prepare(`SELECT 1 ${open} AND (state <> 'unknown' OR settled = 0) LIMIT 1`)
  return {
    store: createPrintJobStore(store, repositories, () => {}),
    add(papers) {
      store.transaction(() => {
        for (const { label, document } of papers) {
          const { kind } = document
          printJobs.add({ id: randomUUID(), created_at: 0, kind, label, document: JSON.stringify(document) })
        }
      })
    },
    asked() {
      const asked = unknown.all()
      if (asked.length > 0) store.transaction(() => asked.forEach(({ id }) => void printJobs.markSettled(id)))
      return asked
    },
    isSettled: () => unsettled.get() === undefined,
  }
}

/**
 * 200 jobs to a printer with everything against it: cut cables, stalls, an end of the roll, an open cover, a program that
 * dies. What lies on the counter afterwards is counted by reading the paper.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { EscPosError, type Paper, readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { openTcpLine } from '#main/host/devices/printer/line-tcp.ts'
import { createLineTransport } from '#main/host/devices/printer/line-transport.ts'
import { createPrinter, type Printer } from '#main/host/devices/printer/print-worker.ts'
import type { PrintJobStore } from '#main/host/ports.ts'
import { createNetworkPrinter, type Manner, type NetworkPrinter } from '#tests/devices/network-printer.ts'
import { createPrintJobsInMemory } from '#tests/devices/print-jobs-in-memory.ts'
import type { Answers, Sheet } from '#tests/devices/receipt-printer.ts'
import { receipt, slip } from '#tests/devices/samples.ts'
import { createRandom, type Random } from '#tests/sim/random.ts'

const JOBS = 200
const FAULTS = { well: 70, cut: 14, cutEarly: 4, stalls: 2, neverCloses: 2, hangsUp: 3, endOfRoll: 3, coverOpen: 2 }

/** How the next connection goes; what a person has to mend is mended after a moment. */
function misfortune(random: Random, printer: NetworkPrinter, seen: Set<string>): Manner {
  const fault = random.weighted(FAULTS)
  seen.add(fault)
  const mendSoon = () =>
    setTimeout(() => {
      printer.coverOpen = false
      printer.paperLeft = Number.POSITIVE_INFINITY
      printer.goOn()
    }, random.below(60))
  if (fault === 'endOfRoll') printer.paperLeft = random.below(900)
  if (fault === 'coverOpen') printer.coverOpen = true
  if (fault === 'endOfRoll' || fault === 'coverOpen') mendSoon()
  return {
    stalls: fault === 'stalls',
    neverCloses: fault === 'neverCloses',
    hangsUp: fault === 'hangsUp',
    ...(fault === 'cut' && { cutAfter: random.below(1200) }),
    ...(fault === 'cutEarly' && { cutAfter: random.below(12) }),
  }
}

/** What can be read of a sheet that may end in the middle of a command. */
function paperOf({ printed }: Sheet): Paper {
  const bytes = Uint8Array.from(printed)
  try {
    return readEscPos(bytes)
  } catch (error) {
    if (!(error instanceof EscPosError)) throw error
    return readEscPos(bytes.subarray(0, error.offset))
  }
}

type Found = { label: string; copy: boolean; whole: boolean }

function sheetsOnCounter(printer: NetworkPrinter): Found[] {
  return printer.sheets
    .filter((sheet) => sheet.printed.length > 0)
    .map((sheet) => {
      const { lines, cut } = paperOf(sheet)
      const label = lines.find(({ height }) => height > 1)?.text ?? ''
      return { label, copy: lines.some(({ text }) => text.includes('SALINAN')), whole: cut }
    })
}

/** A worker that can die: what it wants to store afterwards is lost, as is its connection. */
function startWorker(store: PrintJobStore, port: number) {
  let dead = false
  const mortal = <A extends unknown[], R>(act: (...args: A) => R) => {
    return (...args: A): R => {
      if (dead) throw new Error('this program is dead')
      return act(...args)
    }
  }
  const printer: Printer = createPrinter({
    profile: { width: 58, transport: { kind: 'tcp', host: '127.0.0.1', port, status: 'ask' } },
    jobs: {
      next: mortal(store.next),
      beginSending: mortal(store.beginSending),
      finish: mortal(store.finish),
      settleInterrupted: mortal(store.settleInterrupted),
    },
    transport: createLineTransport({
      open: (withinMs) => openTcpLine({ host: '127.0.0.1', port }, withinMs),
      asksStatus: true,
      times: { deadlineMs: 150, answerMs: 60, pollMs: 5, confirmMs: 120 },
    }),
    papers: () => null,
    now: () => 0,
    onHealth: () => {},
    onProblem: () => {},
    backOff: { firstMs: 1, maxMs: 2 },
    mendPollMs: 5,
  })
  printer.start()
  return {
    wake: printer.wake,
    stop: printer.stop,
    die() {
      dead = true
    },
  }
}

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
    const random = createRandom(seed)
    const printer = await createNetworkPrinter()
    const seen = new Set<string>()
    printer.answers = answers
    printer.nextManner = () => misfortune(random, printer, seen)
    const jobs = createPrintJobsInMemory()
    const labels = Array.from({ length: JOBS }, (_, n) => `A-${String(n + 1).padStart(3, '0')}`)
    const documentOf = (text: string, copy: boolean) => ({
      ...(random.chance(0.5) ? slip : receipt),
      label: { text, prefix: 'A', digits: text.slice(2) },
      copy,
    })
    for (const label of labels) jobs.add(label, documentOf(label, false))
    let worker = startWorker(jobs.store, printer.port)
    let deaths = 0
    let nextDeath = 20
    let copies = 0

    /** Looks at the counter, and asks for a copy of what did not come out whole. */
    function officerAnswers(): void {
      for (const [id, state] of Object.entries(jobs.states())) {
        if (state !== 'unknown') continue
        const label = id.slice(0, 5)
        jobs.store.finish(id, 'failed', null)
        const cameOut = sheetsOnCounter(printer).some((sheet) => sheet.label === label && sheet.whole)
        if (!cameOut) jobs.add(`${label} copy ${++copies}`, documentOf(label, true))
      }
    }

    const unsettled = () => Object.values(jobs.states()).some((state) => /queued|sending|unknown/.test(state))
    while (unsettled()) {
      officerAnswers()
      worker.wake()
      await delay(2)
      if (printer.connections() < nextDeath) continue
      nextDeath = printer.connections() + 20 + random.below(30)
      deaths++
      worker.die()
      printer.breakAll()
      await worker.stop()
      worker = startWorker(jobs.store, printer.port)
    }
    await worker.stop()
    await delay(100)
    await printer.close()

    const found = sheetsOnCounter(printer)
    const of = (label: string) => found.filter((sheet) => sheet.label === label)
    expect(labels.filter((label) => !of(label).some((sheet) => sheet.whole))).toEqual([])
    expect(labels.filter((label) => of(label).filter((sheet) => !sheet.copy).length > 1)).toEqual([])
    // The storm was one: every fault came, programs died, and paper was asked about.
    expect([...seen].sort()).toEqual(Object.keys(FAULTS).sort())
    expect(Math.min(deaths, copies)).toBeGreaterThan(2)
  },
)

/**
 * Jobs to a printer with everything against it: cut cables, stalls, an end of the roll, an open cover, a program that dies.
 * What lies on the counter afterwards is counted by reading the paper.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { PrintDocument } from '#main/host/device-documents.ts'
import { EscPosError, type Paper, readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { openTcpLine } from '#main/host/devices/printer/line-tcp.ts'
import { createLineTransport } from '#main/host/devices/printer/line-transport.ts'
import { createPrinter, type Printer } from '#main/host/devices/printer/print-worker.ts'
import type { PrintJobStore } from '#main/host/ports.ts'
import { createNetworkPrinter, type Manner, type NetworkPrinter } from '#tests/devices/network-printer.ts'
import type { Answers, Sheet } from '#tests/devices/receipt-printer.ts'
import { receipt, slip } from '#tests/devices/samples.ts'
import type { Random } from '#tests/sim/random.ts'

const FAULTS = { well: 70, cut: 14, cutEarly: 4, stalls: 2, neverCloses: 2, hangsUp: 3, endOfRoll: 3, coverOpen: 2 }
export const FAULT_NAMES: readonly string[] = Object.keys(FAULTS).sort()

/** The print queue, and what an officer who is asked about a paper does with it. */
export type StormJobs = {
  store: PrintJobStore
  add(papers: readonly { label: string; document: PrintDocument }[]): void
  /** Jobs of which nobody knows whether they came out, each told once. */
  asked(): { label: string }[]
  /** Nothing waits, is on its way, or has to be asked about. */
  isSettled(): boolean
}

export type Storm = {
  random: Random
  answers: Answers
  jobs: StormJobs
  /** How many papers, each with a number of its own. */
  papers: number
  /** How long a printer that takes nothing is waited for; somebody is at an open one well within that. */
  deadlineMs: number
}

export type Aftermath = {
  /** Numbers of which no whole paper came out, and those with more than one that does not say SALINAN. */
  lost: string[]
  twice: string[]
  faults: string[]
  deaths: number
  copies: number
}

export async function weather({ random, answers, jobs, papers, deadlineMs }: Storm): Promise<Aftermath> {
  const printer = await createNetworkPrinter()
  const seen = new Set<string>()
  printer.answers = answers
  printer.nextManner = () => misfortune(random, printer, seen, deadlineMs * 0.4)
  const counter = createCounterTop(printer)
  const digits = String(papers).length
  const labels = Array.from({ length: papers }, (_, n) => `A-${String(n + 1).padStart(digits, '0')}`)
  const paperOf = (text: string, copy: boolean) => {
    const label = { text, prefix: 'A', digits: text.slice(2) }
    return { label: text, document: { ...(random.chance(0.5) ? slip : receipt), label, copy } }
  }
  jobs.add(labels.map((label) => paperOf(label, false)))
  let worker = startWorker(jobs.store, printer.port, deadlineMs)
  let deaths = 0
  let nextDeath = 20
  let copies = 0

  while (!jobs.isSettled()) {
    // The officer looks at the counter, and asks for a copy of what did not come out whole.
    for (const { label } of jobs.asked()) {
      if (counter.of(label).some(({ whole }) => whole)) continue
      copies += 1
      jobs.add([paperOf(label, true)])
    }
    worker.wake()
    await delay(2)
    if (printer.connections() < nextDeath) continue
    nextDeath = printer.connections() + 20 + random.below(30)
    deaths += 1
    worker.die()
    printer.breakAll()
    await worker.stop()
    worker = startWorker(jobs.store, printer.port, deadlineMs)
  }
  await worker.stop()
  await delay(100)
  await printer.close()

  return {
    lost: labels.filter((label) => !counter.of(label).some(({ whole }) => whole)),
    twice: labels.filter((label) => counter.of(label).filter(({ copy }) => !copy).length > 1),
    faults: [...seen].sort(),
    deaths,
    copies,
  }
}

/** How the next connection goes; what a person has to mend is mended after a moment. */
function misfortune(random: Random, printer: NetworkPrinter, seen: Set<string>, mendMs: number): Manner {
  const usual = random.weighted(FAULTS)
  // Chance leaves one out now and then; a storm has them all.
  const missing = FAULT_NAMES.find((name): name is typeof usual => !seen.has(name))
  const fault = missing && printer.connections() % 10 === 0 ? missing : usual
  seen.add(fault)
  const mendSoon = () =>
    setTimeout(() => {
      printer.coverOpen = false
      printer.paperLeft = Number.POSITIVE_INFINITY
      printer.goOn()
    }, random.below(mendMs))
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

type Found = { label: string; copy: boolean; whole: boolean }

/** The papers in front of the officer, by their numbers. A sheet is read again only when more of it came out. */
export function createCounterTop(printer: Pick<NetworkPrinter, 'sheets'>) {
  const strips: { sheet: Sheet; bytes: number }[] = []
  const begun = new Map<Sheet, Found>()
  const whole = new Map<string, Found[]>()

  function look(): void {
    for (const sheet of printer.sheets.splice(0)) strips.push({ sheet, bytes: 0 })
    for (const strip of strips) {
      const { printed } = strip.sheet
      if (printed.length === strip.bytes) continue
      for (let end = endOfPaper(printed); end > 0; end = endOfPaper(printed)) {
        // A cut paper changes no more; its bytes need not be kept. Another one may follow it on the same connection.
        const paper = found(printed.splice(0, end), true)
        whole.set(paper.label, [...(whole.get(paper.label) ?? []), paper])
      }
      strip.bytes = printed.length
      const rest = found(printed, false)
      if (rest.label === '') begun.delete(strip.sheet)
      else begun.set(strip.sheet, rest)
    }
  }

  return {
    of(label: string): Found[] {
      look()
      return [...(whole.get(label) ?? []), ...[...begun.values()].filter((paper) => paper.label === label)]
    },
  }
}

/** Just after the first cut, GS V m; 0 when there is none. No picture stands on these papers: nothing else looks like one. */
function endOfPaper(printed: readonly number[]): number {
  const cut = printed.findIndex((byte, at) => byte === 0x1d && printed[at + 1] === 0x56)
  return cut >= 0 && cut + 3 <= printed.length ? cut + 3 : 0
}

function found(printed: readonly number[], whole: boolean): Found {
  const { lines } = readable(printed)
  const label = lines.find(({ height }) => height > 1)?.text ?? ''
  return { label, copy: lines.some(({ text }) => text.includes('SALINAN')), whole }
}

/** What can be read of a sheet that may end in the middle of a command. */
function readable(printed: readonly number[]): Paper {
  const bytes = Uint8Array.from(printed)
  try {
    return readEscPos(bytes)
  } catch (error) {
    if (!(error instanceof EscPosError)) throw error
    return readEscPos(bytes.subarray(0, error.offset))
  }
}

/** A worker that can die: what it wants to store afterwards is lost, as is its connection. */
function startWorker(store: PrintJobStore, port: number, deadlineMs: number) {
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
      times: { deadlineMs, answerMs: 60, pollMs: 5, confirmMs: 120 },
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

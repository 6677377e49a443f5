/**
 * The one writer of a printer. It never loses and never repeats a receipt: the exact bytes are stored before the first one
 * leaves, and a job is sent again by itself only when not one byte left. A printer without paper or with an open cover pauses
 * the queue until somebody has mended it.
 */
import type { Papers } from '#contract/papers.ts'
import { type BackOff, createBell, DEFAULT_BACK_OFF, systemTimers, type Timers } from '#main/host/devices/bell.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import type { PrinterCondition } from '#main/host/devices/printer/status.ts'
import type { PrinterTransport } from '#main/host/devices/printer/transport.ts'
import type {
  DeviceFailure,
  DeviceHealth,
  PrinterPort,
  PrintJob,
  PrintJobStore,
  SendOutcome,
} from '#main/host/ports.ts'

export type PrintedJob = { id: string; at: number; bytes: Uint8Array }

/** For the log: what kept a job from paper. */
export type PrintProblem = {
  jobId: string | null
  code: DeviceFailure | 'PRINT_RENDER_FAILED' | 'PRINT_STORE_FAILED'
  detail: string
}

export type PrinterOptions = {
  profile: PrinterProfile
  jobs: PrintJobStore
  transport: PrinterTransport
  /** The mall's own papers when a job is rendered; null while there is no configuration, or when it has none. */
  papers(): Papers | null
  /** Wall clock, ms since the Unix epoch. */
  now(): number
  /** Called on every change. */
  onHealth(health: DeviceHealth): void
  onProblem(problem: PrintProblem): void
  timers?: Timers
  backOff?: BackOff
  /** Between two looks at a printer that waits for a hand. */
  mendPollMs?: number
}

export type Printer = Omit<PrinterPort, 'where'> & {
  start(): void
  /** Waits for the job on its way; leaves no timer. */
  stop(): Promise<void>
  /** Every job that was handed over. The returned function ends it. */
  onPrinted(listener: (job: PrintedJob) => void): () => void
}

/** What the loop does next. */
type Next = 'go on' | 'wait for work' | 'back off' | 'wait for a hand'

/** Failures that a person at the printer mends; the queue stands still until then. */
const NEEDS_A_HAND: ReadonlySet<DeviceFailure> = new Set(['PRINTER_PAPER_OUT', 'PRINTER_COVER_OPEN', 'PRINTER_OFFLINE'])
const NOTHING_TOLD: PrinterCondition = { blocked: null, paperLow: false }

function healthOf({ blocked, paperLow }: PrinterCondition): DeviceHealth {
  if (blocked) return { state: 'failed', ...blocked }
  return paperLow ? { state: 'ready', hint: 'PRINTER_PAPER_LOW' } : { state: 'ready' }
}

/** Message formats and the byte builder are most of the host's code: a desk is ready before they are loaded. */
const loadRenderer = () => import('#main/host/devices/printer/render.ts')

/** The first receipt of the day should not be the one that loads it. */
const WARM_UP_MS = 1_000

/** Whoever closes the cover should not have to wait for the paper. */
const MEND_POLL_MS = 2_000

export function createPrinter(options: PrinterOptions): Printer {
  const { profile, jobs, transport, papers, now, onHealth, onProblem } = options
  const { timers = systemTimers, backOff = DEFAULT_BACK_OFF, mendPollMs = MEND_POLL_MS } = options
  const bell = createBell(timers)
  const printedListeners = new Set<(job: PrintedJob) => void>()
  // No known failure: there is no way to ask a printer that has not been sent anything.
  let health: DeviceHealth = { state: 'ready' }
  const closing = new AbortController()
  let running: Promise<void> | null = null
  let rung = false
  /** No job stands as being sent although nobody sends it any more. */
  let isSettled = false
  let cancelWarmUp = () => {}

  function report(next: DeviceHealth): void {
    if (JSON.stringify(next) === JSON.stringify(health)) return
    health = next
    onHealth(next)
  }

  /**
   * For the paper that is in the printer now: not one byte of a queued job has left, and it may have been tried on another
   * printer. Null when the document cannot be rendered: such a job must not hold up the ones behind it.
   */
  async function bytesOf(job: PrintJob): Promise<Uint8Array | null> {
    try {
      const { renderDocument } = await loadRenderer()
      return renderDocument(job.document, profile.width, papers() ?? {})
    } catch (error) {
      onProblem({ jobId: job.id, code: 'PRINT_RENDER_FAILED', detail: String(error) })
      return null
    }
  }

  /** A transport that throws has broken its promise; nobody knows what left. */
  async function send(bytes: Uint8Array, tell: (condition: PrinterCondition) => void): Promise<SendOutcome> {
    try {
      return await transport.send(bytes, { tell, closing: closing.signal })
    } catch (error) {
      return { kind: 'unknown', code: 'PRINTER_CUT_OFF', detail: String(error) }
    }
  }

  async function printNext(): Promise<Next> {
    const job = jobs.next()
    if (!job) return 'wait for work'
    const bytes = await bytesOf(job)
    if (!bytes) {
      jobs.finish(job.id, 'failed', 'PRINT_RENDER_FAILED')
      return 'go on'
    }
    jobs.beginSending(job.id, bytes)
    let told: PrinterCondition = NOTHING_TOLD
    const outcome = await send(bytes, (condition) => {
      told = condition
      // At once: a job that waits in the printer for paper may wait for long.
      if (condition.blocked) report(healthOf(condition))
    })
    if (outcome.kind === 'handed_over' || outcome.kind === 'confirmed') {
      report(healthOf(told))
      jobs.finish(job.id, outcome.kind, null)
      for (const listener of printedListeners) listener({ id: job.id, at: now(), bytes })
      return told.blocked ? 'wait for a hand' : 'go on'
    }
    const { code, detail } = outcome
    report({ state: 'failed', code, detail })
    onProblem({ jobId: job.id, code, detail })
    jobs.finish(job.id, outcome.kind === 'not_sent' ? 'queued' : 'unknown', code)
    return NEEDS_A_HAND.has(code) ? 'wait for a hand' : 'back off'
  }

  /** Ends when the printer is well, or when it cannot be asked: then the next job finds out. */
  async function waitForAHand(): Promise<void> {
    while (!closing.signal.aborted) {
      await bell.sleep(mendPollMs, () => closing.signal.aborted)
      if (closing.signal.aborted) return
      const result = await transport.check()
      if (result.kind === 'silent') return
      if (result.kind === 'condition') report(healthOf(result.condition))
      else report({ state: 'failed', code: result.code, detail: result.detail })
      if (result.kind === 'condition' && !result.condition.blocked) return
    }
  }

  /** A store that fails (disk full) must not end the worker: the queue is durable and waits. */
  async function guarded(step: () => Promise<Next>): Promise<Next> {
    try {
      return await step()
    } catch (error) {
      // Its job may have left without its end being stored: it is asked about as after a crash.
      isSettled = false
      onProblem({ jobId: null, code: 'PRINT_STORE_FAILED', detail: String(error) })
      return 'back off'
    }
  }

  async function run(): Promise<void> {
    let waitMs = backOff.firstMs
    const isOver = () => closing.signal.aborted
    while (!isOver()) {
      rung = false
      const next = await guarded(async () => {
        if (!isSettled) jobs.settleInterrupted()
        isSettled = true
        return printNext()
      })
      if (next === 'back off') {
        await bell.sleep(waitMs, isOver)
        waitMs = Math.min(waitMs * 2, backOff.maxMs)
        continue
      }
      waitMs = backOff.firstMs
      if (next === 'wait for a hand') await waitForAHand()
      while (next === 'wait for work' && !rung && !isOver()) await bell.wait()
    }
  }

  return {
    wake() {
      rung = true
      bell.ring()
    },
    health: () => health,
    start() {
      running ??= run()
      // What goes wrong here goes wrong again, and is reported, when the first job is rendered.
      cancelWarmUp = timers.after(WARM_UP_MS, () => loadRenderer().catch(() => {}))
    },
    async stop() {
      closing.abort()
      cancelWarmUp()
      bell.ring()
      await running
    },
    onPrinted(listener) {
      printedListeners.add(listener)
      return () => printedListeners.delete(listener)
    },
  }
}

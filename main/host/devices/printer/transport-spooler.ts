/**
 * A printer of Windows, through its spooler: our bytes reach the printer as they are, by whatever port its queue has. What
 * the spooler took it prints when it can, once, even if the printer is mended hours later. So a job that is all there is
 * `handed_over`, and never `confirmed`: Windows calls a job printed when it was sent, not when paper came out.
 */
import { setTimeout as delay } from 'node:timers/promises'
import type { PrinterTransport, SendAttendance } from '#main/host/devices/printer/transport.ts'
import { nameHint } from '#main/host/devices/printer/windows/name-hint.ts'
import { type Course, type OpenQueue, spoolDocument } from '#main/host/devices/printer/windows/spool-document.ts'
import { hasLeftWindows, jobBlock, queueBlock } from '#main/host/devices/printer/windows/spooler-condition.ts'
import { spoolerFault } from '#main/host/devices/printer/windows/spooler-fault.ts'
import { type Spooler, WIN32, WinspoolError } from '#main/host/devices/printer/windows/winspool.ts'
import type { SendOutcome } from '#main/host/ports.ts'

export type SpoolerTimes = {
  /** From opening the queue to the end of the document. */
  deadlineMs: number
  /** One look at the queue. */
  checkMs: number
  /** How long a job that is all there is watched, and how often it is looked at. */
  watchMs: number
  pollMs: number
}

export const SPOOLER_TIMES: SpoolerTimes = { deadlineMs: 20_000, checkMs: 5_000, watchMs: 8_000, pollMs: 500 }

export type SpoolerTarget = {
  /** The name of the printer in Windows. */
  queue: string
  spooler: Spooler
  times?: Partial<SpoolerTimes>
}

export function createSpoolerTransport({ queue, spooler, times: given }: SpoolerTarget): PrinterTransport {
  const times = { ...SPOOLER_TIMES, ...given }
  const { load, within } = spooler

  async function open(): Promise<OpenQueue> {
    const winspool = await load()
    try {
      return { winspool, printer: await winspool.openPrinter(queue) }
    } catch (error) {
      const isMissing = error instanceof WinspoolError && error.number === WIN32.INVALID_PRINTER_NAME
      if (isMissing) error.message += await nameHint(winspool, queue)
      throw error
    }
  }

  /** Leaves the queue open when the spooler has the whole document: it is to be watched. */
  async function hand(bytes: Uint8Array, { tell }: SendAttendance, course: Course) {
    const opened = await open()
    try {
      const before = await opened.winspool.queue(opened.printer)
      const blocked = queueBlock(before)
      tell({ blocked, paperLow: false })
      if (!blocked) return { opened, job: await spoolDocument(opened, before, bytes, course) }
      await close(opened)
      return { blocked }
    } catch (error) {
      await close(opened)
      throw error
    }
  }

  /** Until the job has left Windows, but not for ever. What is seen meanwhile are hints: the spooler has it all. */
  async function watch(opened: OpenQueue, job: number, { tell, closing }: SendAttendance): Promise<void> {
    const { winspool, printer } = opened
    const ends = performance.now() + times.watchMs
    try {
      while (!closing.aborted && performance.now() < ends) {
        const state = await winspool.job(printer, job)
        const hasLeft = hasLeftWindows(state)
        const blocked = hasLeft ? null : (jobBlock(state) ?? queueBlock(await winspool.queue(printer)))
        tell({ blocked, paperLow: false })
        if (hasLeft) return
        await delay(times.pollMs, undefined, { signal: closing }).catch(() => {})
      }
    } catch (error) {
      const isGone = error instanceof WinspoolError && error.number === WIN32.INVALID_PARAMETER
      if (isGone) tell({ blocked: null, paperLow: false })
    } finally {
      await close(opened)
    }
  }

  return {
    async send(bytes, { tell, closing }): Promise<SendOutcome> {
      const course: Course = { job: null, leaving: false, takenBack: false, abandoned: false }
      const attendance: SendAttendance = {
        tell: (condition) => {
          if (!course.abandoned) tell(condition)
        },
        closing,
      }
      try {
        const handed = await within(times.deadlineMs, () => hand(bytes, attendance, course))
        if ('blocked' in handed) return { kind: 'not_sent', ...handed.blocked }
        const { opened, job } = handed
        // A look that does not come back, or is not begun because another call is late, changes nothing about the job.
        await within(times.watchMs + times.checkMs, () => watch(opened, job, attendance)).catch(() => {})
        course.abandoned = true
        return { kind: 'handed_over' }
      } catch (error) {
        course.abandoned = true
        return { kind: course.leaving && !course.takenBack ? 'unknown' : 'not_sent', ...spoolerFault(error) }
      }
    },
    async check() {
      try {
        const state = await within(times.checkMs, async () => {
          const opened = await open()
          return opened.winspool.queue(opened.printer).finally(() => close(opened))
        })
        return { kind: 'condition', condition: { blocked: queueBlock(state), paperLow: false } }
      } catch (error) {
        return { kind: 'fault', ...spoolerFault(error) }
      }
    },
  }
}

/** What cannot be closed is closed by Windows when the host ends. */
async function close({ winspool, printer }: OpenQueue): Promise<void> {
  await winspool.closePrinter(printer).catch(() => {})
}

/**
 * Jobs over a two-way line (TCP, serial). A printer that answers status requests is asked before a job, so that a job waits
 * outside of a printer without paper, and after it, so that its end is known. One that answers nothing is sent the job all
 * the same: many cheap printers are like that.
 */
import { LineFault, type PrinterLine, within } from '#main/host/devices/printer/line.ts'
import type { PrinterCondition } from '#main/host/devices/printer/status.ts'
import { createStatusTalk, type StatusTalk } from '#main/host/devices/printer/status-talk.ts'
import type { PrinterTransport, SendAttendance } from '#main/host/devices/printer/transport.ts'
import type { SendOutcome } from '#main/host/ports.ts'

export type LineTimes = {
  /**
   * Opening, sending and closing one job, beside the time that its bytes take on the line. A receipt takes seconds; long ones
   * printed slowly close well within this.
   */
  deadlineMs: number
  /** One status answer: real-time, so this is the way there and back. */
  answerMs: number
  /** Between two questions to a printer that is at work. */
  pollMs: number
  /** How long a healthy printer may take to say that a job was processed. */
  confirmMs: number
}

export const LINE_TIMES: LineTimes = { deadlineMs: 20_000, answerMs: 500, pollMs: 500, confirmMs: 5000 }

/**
 * Some are silent while they have no paper. One that has been silent for so many looks in a row (half a minute) is another printer
 * by now, or will not tell any more: nobody waits for a slip that long, so it is used as one that answers nothing.
 */
const SILENT_LOOKS = 15

/** After so many jobs it is taken for one that never tells, and looked at only shortly after each job. */
const ASKED_IN_VAIN = 3

export type LineTransportOptions = {
  /** A new line, within ms. Rejects with a LineFault. */
  open(withinMs: number): Promise<PrinterLine>
  /** False for a printer that takes status requests for text. */
  asksStatus: boolean
  /** What a slow line needs for one byte; 0 where it is no matter. */
  msPerByte?: number
  times?: Partial<LineTimes>
}

export function createLineTransport(options: LineTransportOptions): PrinterTransport {
  const { open, asksStatus, msPerByte = 0, times: given } = options
  const times = { ...LINE_TIMES, ...given }
  /** `silent` saves the wait for an answer that does not come; forgotten at a failure, which may have been the reason. */
  let answers: 'untried' | 'yes' | 'silent' = asksStatus ? 'untried' : 'silent'
  let silentLooks = 0
  /** Jobs in a row whose end a healthy printer did not tell: some answer DLE EOT, but not GS r. */
  let unconfirmed = 0

  /** Null from a printer that does not answer; a LineFault from one that did until a moment ago. */
  async function conditionBefore(talk: StatusTalk): Promise<PrinterCondition | null> {
    if (answers === 'silent') return null
    const condition = await talk.condition()
    silentLooks = condition ? 0 : silentLooks + 1
    if (condition) answers = 'yes'
    else if (answers === 'yes' && silentLooks < SILENT_LOOKS) {
      throw new LineFault('PRINTER_OFFLINE', 'status requests are no longer answered')
    } else answers = 'silent'
    return condition
  }

  async function deliver(line: PrinterLine, bytes: Uint8Array, attendance: SendAttendance): Promise<SendOutcome> {
    const lineMs = bytes.length * msPerByte
    const deadline = performance.now() + times.deadlineMs + lineMs
    const timeLeft = () => deadline - performance.now()
    let leaving = false
    try {
      const talk = createStatusTalk(line, times.answerMs)
      const before = await conditionBefore(talk)
      if (before) attendance.tell(before)
      if (before?.blocked) return { kind: 'not_sent', ...before.blocked }
      leaving = true
      const carriedAt = performance.now() + lineMs
      await within(line, timeLeft(), line.write(bytes))
      const patienceMs = unconfirmed < ASKED_IN_VAIN ? times.confirmMs : times.pollMs
      // The system took the bytes: a question would stand behind them, and its answer come late.
      if (before) await waitUntil(carriedAt, line)
      const after = before ? await follow(line, talk, attendance, patienceMs) : 'not told'
      if (after === 'processed') {
        unconfirmed = 0
        // The printer should be free for the next job, but this one's fate is known.
        await withDeadline(times.pollMs, line.finish()).catch(() => {})
        return { kind: 'confirmed' }
      }
      if (after !== 'not told') return { kind: 'unknown', ...after }
      await withDeadline(timeLeft(), line.finish())
      unconfirmed++
      return { kind: 'handed_over' }
    } catch (error) {
      return { kind: leaving ? 'unknown' : 'not_sent', ...faultIn(error) }
    }
  }

  async function openAndDeliver(bytes: Uint8Array, attendance: SendAttendance): Promise<SendOutcome> {
    let line: PrinterLine
    try {
      line = await open(times.deadlineMs)
    } catch (error) {
      return { kind: 'not_sent', ...faultIn(error) }
    }
    return deliver(line, bytes, attendance).finally(() => line.drop())
  }

  /** After the last byte. A printer that ran out of paper meanwhile is waited for as long as it says so. */
  async function follow(
    line: PrinterLine,
    talk: StatusTalk,
    { tell, closing }: SendAttendance,
    patienceMs: number,
  ): Promise<'processed' | 'not told' | NonNullable<PrinterCondition['blocked']>> {
    let interrupted: PrinterCondition['blocked'] = null
    let patienceEnds = performance.now() + patienceMs
    let ended = false
    void line.over.then(() => {
      ended = true
    })
    // A fault ends the loop by `ended`, and finish() tells which one it was.
    const asked = () => talk.requestProcessed().catch(() => {})
    await asked()
    while (!ended && performance.now() < patienceEnds && !(interrupted && closing.aborted)) {
      const answer = await talk.processed(times.pollMs)
      const now = ended ? null : await talk.condition().catch(() => null)
      if (now) tell(now)
      if (answer?.paperPresent) return 'processed'
      // Answered although the paper is out: the rest is still to come.
      if (answer) await asked()
      if (!now?.blocked) continue
      interrupted = now.blocked
      patienceEnds = performance.now() + times.confirmMs
    }
    return interrupted ?? 'not told'
  }

  return {
    async send(bytes, attendance) {
      const outcome = await openAndDeliver(bytes, attendance)
      const failed = outcome.kind === 'not_sent' || outcome.kind === 'unknown'
      if (failed && answers === 'silent' && asksStatus) answers = 'untried'
      return outcome
    },
    async check() {
      if (answers === 'silent') return { kind: 'silent' }
      let line: PrinterLine | null = null
      try {
        line = await open(times.answerMs * 4)
        const condition = await conditionBefore(createStatusTalk(line, times.answerMs))
        return condition ? { kind: 'condition', condition } : { kind: 'silent' }
      } catch (error) {
        return { kind: 'fault', ...faultIn(error) }
      } finally {
        await line?.drop()
      }
    },
  }
}

/** Or until the line is over. */
async function waitUntil(at: number, line: PrinterLine): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const due = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, at - performance.now()))
  })
  await Promise.race([due, line.over]).finally(() => clearTimeout(timer))
}

/** For the orderly end, in which the line's being over is no failure. */
async function withDeadline(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const fault = new LineFault('PRINTER_TIMEOUT', `not closed within ${Math.round(ms)} ms`)
    timer = setTimeout(() => reject(fault), Math.max(0, ms))
  })
  work.catch(() => {})
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** What is no LineFault is a bug of the line: the words are kept for the log. */
function faultIn(error: unknown): Pick<LineFault, 'code'> & { detail: string } {
  if (error instanceof LineFault) return { code: error.code, detail: error.message }
  return { code: 'PRINTER_CUT_OFF', detail: String(error) }
}

/** Questions to a printer over one line, and its answers as they come, also in the middle of a job. */
import { LineFault, type PrinterLine, within } from '#main/host/devices/printer/line.ts'
import {
  conditionOf,
  createReplyReader,
  PROCESSED_REQUEST,
  type PrinterCondition,
  STATUS_REQUESTS,
} from '#main/host/devices/printer/status.ts'

export type StatusTalk = {
  /**
   * Null: no answer, or none that makes sense; from then on this line is not asked again, because a late answer would be
   * taken for the answer to another question. Rejects with a LineFault when the line breaks.
   */
  condition(): Promise<PrinterCondition | null>
  /** Asks to be told when everything written before was processed. */
  requestProcessed(): Promise<void>
  /** The answer to that, or null after `ms` or when the line ended. */
  processed(ms: number): Promise<{ paperPresent: boolean } | null>
}

/** `answerMs`: how long one answer may take. */
export function createStatusTalk(line: PrinterLine, answerMs: number): StatusTalk {
  const read = createReplyReader()
  let statusBytes: number[] = []
  let processed: { paperPresent: boolean } | null = null
  let sense = true
  let ended: LineFault | null = null
  let ring = () => {}
  void line.over.then((fault) => {
    ended = fault ?? new LineFault('PRINTER_CUT_OFF', 'closed by the printer')
    ring()
  })
  line.onBytes((bytes) => {
    for (const reply of read(bytes)) {
      if (reply.kind === 'status') statusBytes.push(reply.byte)
      else if (reply.kind === 'processed') processed = { paperPresent: reply.paperPresent }
      else sense = false
    }
    ring()
  })

  /** Until isSo(), the end of the line, or `ms`. */
  async function until(isSo: () => boolean, ms: number): Promise<void> {
    let due = false
    const timer = setTimeout(() => {
      due = true
      ring()
    }, ms)
    while (!isSo() && !due && !ended) {
      await new Promise<void>((resolve) => {
        ring = resolve
      })
    }
    clearTimeout(timer)
  }

  async function ask(request: Uint8Array): Promise<number | null> {
    statusBytes = []
    await within(line, answerMs, line.write(request))
    await until(() => statusBytes.length > 0 || !sense, answerMs)
    if (ended) throw ended
    return sense ? (statusBytes[0] ?? null) : null
  }

  return {
    async condition() {
      const answers: number[] = []
      for (const request of STATUS_REQUESTS) {
        const answer = sense ? await ask(request) : null
        if (answer === null) {
          sense = false
          return null
        }
        answers.push(answer)
      }
      const [printer = 0, cause = 0, paper = 0] = answers
      return conditionOf([printer, cause, paper])
    },
    requestProcessed() {
      processed = null
      return within(line, answerMs, line.write(PROCESSED_REQUEST))
    },
    async processed(ms) {
      await until(() => processed !== null, ms)
      return processed
    },
  }
}

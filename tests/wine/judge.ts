/** What has to be so of what was seen in Wine, one line each. */
import { setTimeout as delay } from 'node:timers/promises'
import { type Answer, QUEUE, SERIAL_REPLY, type Seen } from '#tests/wine/seen.ts'

/** CUPS looks for a new job and hands it on in well under a second. */
const ARRIVES_WITHIN_MS = 20_000

export function createJudge() {
  let passed = 0
  let failures = 0

  function say(what: string, isSo: boolean, saw: unknown): void {
    if (isSo) passed++
    else failures++
    console.log(isSo ? `PASS ${what}` : `FAIL ${what}: saw ${JSON.stringify(saw)}`)
  }

  function of<T>(answer: Answer<T>, what: string, isSo: (value: T) => boolean): void {
    say(what, 'answer' in answer && isSo(answer.answer), answer)
  }

  return {
    async all(
      seen: Seen,
      sent: { receipt: Buffer; allBytes: Buffer },
      jobs: readonly Buffer[],
      atFarEnd: Buffer,
    ): Promise<void> {
      of(seen.system, 'the program ran on Node for Windows', (value) => value.endsWith('on win32-x64'))
      of(seen.printers, 'EnumPrinters lists the queue with driver, port and default', ({ printers, problems }) => {
        const found = printers.find(({ name }) => name === QUEUE)
        return problems.length === 0 && found?.isDefault === true && !!found.driver && !!found.port && !found.problem
      })
      of(seen.queue, 'GetPrinter and GetPrinterDriver answer: version 3, nothing blocks', ({ driver, status }) => {
        return driver.version === 3 && status === 0
      })
      of(seen.receipt, 'a receipt is handed over, and the queue told of nothing that blocks', ({ outcome, told }) => {
        return outcome.kind === 'handed_over' && told.length > 0 && told.every(({ blocked }) => blocked === null)
      })
      of(seen.allBytes, '200,000 bytes of every value are handed over', ({ kind }) => kind === 'handed_over')
      of(seen.check, 'a look at the queue says that it is well', (value) => {
        return value.kind === 'condition' && value.condition.blocked === null
      })
      of(seen.missing, 'a printer that is missing gives error 1801, and nothing is sent', (value) => {
        return value.kind === 'not_sent' && value.code === 'PRINTER_SETUP_WRONG' && value.detail.includes('1801')
      })
      of(seen.open, 'GetJob tells of a document before its end', ({ status }) => Number.isInteger(status))
      const expected = [sent.receipt, sent.allBytes, sent.receipt]
      const ends = performance.now() + ARRIVES_WITHIN_MS
      while (jobs.length < expected.length && performance.now() < ends) await delay(100)
      // One too many has the time to come.
      await delay(2_000)
      const lengths = jobs.map(({ length }) => length)
      say('exactly the jobs that were sent arrive', jobs.length === expected.length, lengths)
      const areSame = expected.every((bytes, index) => jobs[index]?.equals(bytes))
      say('they arrive in order and byte for byte, every byte value among them', areSame, lengths)
      say('the receipt comes out of COM5 byte for byte', atFarEnd.equals(sent.receipt), atFarEnd.length)
      of(seen.serial, 'what is said at its far end comes back byte for byte', ({ received }) => {
        return received === Buffer.from(SERIAL_REPLY).toString('hex')
      })
    },
    failed(what: string, error: unknown): void {
      say(what, false, String(error))
    },
    total: () => ({ passed, failures }),
  }
}

import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import type { SendOutcome } from '#main/host/ports.ts'
import { createPrintJobsInMemory } from '#tests/devices/print-jobs-in-memory.ts'
import { receipt, slip } from '#tests/devices/samples.ts'
import { startAndStopLater, startPrinter } from '#tests/devices/start-printer.ts'
import { eventually } from '#tests/support/eventually.ts'

const HANDED_OVER: SendOutcome = { kind: 'handed_over' }
const NOT_SENT: SendOutcome = { kind: 'not_sent', code: 'PRINTER_REFUSED', detail: 'refused' }
const UNKNOWN: SendOutcome = { kind: 'unknown', code: 'PRINTER_CUT_OFF', detail: 'reset' }

describe('the print worker', () => {
  test('prints in order, one after the other, also what is added later', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    jobs.add('b', receipt)
    let inside = 0
    const sent: string[] = []
    const send = async (bytes: Uint8Array) => {
      expect(++inside).toBe(1)
      await delay(1)
      inside--
      sent.push(readEscPos(bytes).lines[1]?.text.trim() ?? '')
      return HANDED_OVER
    }
    const { printer } = startAndStopLater({ jobs: jobs.store, send })
    await eventually(() => expect(jobs.states()).toEqual({ a: 'handed_over', b: 'handed_over' }))
    jobs.add('c', { ...slip, copy: true })
    printer.wake()
    await eventually(() => expect(jobs.states().c).toBe('handed_over'))
    expect(sent).toEqual(['Dinas Kependudukan dan Pencatatan Sipil', 'TANDA TERIMA LAYANAN', slip.mallName])
  })

  test('has stored the exact bytes before the first one leaves', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    const seen: unknown[] = []
    const send = async (bytes: Uint8Array) => {
      seen.push(jobs.row('a').state, Buffer.from(bytes).equals(jobs.row('a').bytes ?? new Uint8Array()))
      return HANDED_OVER
    }
    startAndStopLater({ jobs: jobs.store, send })
    await eventually(() => expect(seen).toEqual(['sending', true]))
  })

  test('tries again with the same bytes as long as not one byte left', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    const sent: Uint8Array[] = []
    const send = async (bytes: Uint8Array) => {
      sent.push(bytes)
      return sent.length < 4 ? NOT_SENT : HANDED_OVER
    }
    const { printer, healths, problems } = startAndStopLater({ jobs: jobs.store, send })
    await eventually(() => expect(jobs.states().a).toBe('handed_over'))
    expect(new Set(sent.map((bytes) => Buffer.from(bytes).toString('hex'))).size).toBe(1)
    expect(jobs.row('a').attempts).toBe(4)
    expect(healths).toEqual([{ state: 'failed', code: 'PRINTER_REFUSED', detail: 'refused' }, { state: 'ready' }])
    expect(problems).toHaveLength(3)
    expect(printer.health()).toEqual({ state: 'ready' })
  })

  test('renders what waits for the printer that is there now, and stores what it sends', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    const before = startPrinter({ jobs: jobs.store, send: async () => NOT_SENT })
    await eventually(() => expect(jobs.row('a').code).toBe('PRINTER_REFUSED'))
    await before.printer.stop()
    expect(jobs.row('a').bytes).toEqual(renderDocument(slip, 80))
    const attempts = jobs.row('a').attempts
    const sent: Uint8Array[] = []
    startAndStopLater({
      jobs: jobs.store,
      profile: { width: 58, transport: { kind: 'panel' } },
      send: async (bytes) => {
        sent.push(bytes)
        return HANDED_OVER
      },
    })
    await eventually(() => expect(jobs.states().a).toBe('handed_over'))
    expect(sent).toEqual([renderDocument(slip, 58)])
    expect(jobs.row('a')).toMatchObject({ bytes: sent[0], attempts: attempts + 1 })
  })

  test('waits longer before each attempt', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    const waits: number[] = []
    const timers = {
      after(ms: number, run: () => void) {
        waits.push(ms)
        const timer = setImmediate(run)
        return () => clearImmediate(timer)
      },
    }
    startAndStopLater({
      jobs: jobs.store,
      timers,
      backOff: { firstMs: 1000, maxMs: 15_000 },
      send: async () => (waits.length < 7 ? NOT_SENT : HANDED_OVER),
    })
    await eventually(() => expect(jobs.states().a).toBe('handed_over'))
    // The first timer of all loads the renderer before it is needed.
    expect(waits.slice(1)).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000])
  })

  test('never sends again what may have been printed, and goes on with the next job', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    jobs.add('b', receipt)
    let sends = 0
    startAndStopLater({ jobs: jobs.store, send: async () => (++sends === 1 ? UNKNOWN : HANDED_OVER) })
    await eventually(() => expect(jobs.states()).toEqual({ a: 'unknown', b: 'handed_over' }))
    expect(jobs.row('a').code).toBe('PRINTER_CUT_OFF')
    expect(sends).toBe(2)
  })

  test('takes a transport that throws for unknown', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    const { problems } = startAndStopLater({ jobs: jobs.store, send: () => Promise.reject(new Error('bug')) })
    await eventually(() => expect(jobs.states().a).toBe('unknown'))
    expect(problems[0]?.detail).toContain('bug')
  })

  test('finds a job unknown after a crash while sending, and never sends it again', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    let sends = 0
    const crashed = startPrinter({
      jobs: jobs.store,
      send: () => {
        sends++
        return new Promise(() => {})
      },
    })
    await eventually(() => expect(jobs.states().a).toBe('sending'))
    expect(crashed.printer.health()).toEqual({ state: 'ready' })
    jobs.add('b', receipt)
    const sentAfter: Uint8Array[] = []
    startAndStopLater({
      jobs: jobs.store,
      send: async (bytes) => {
        sentAfter.push(bytes)
        return HANDED_OVER
      },
    })
    await eventually(() => expect(jobs.states()).toEqual({ a: 'unknown', b: 'handed_over' }))
    expect(sends).toBe(1)
    expect(sentAfter).toEqual([jobs.row('b').bytes])
  })

  test('fails a document that cannot be rendered and prints the ones behind it', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', { ...slip, timeZone: 'Asia/Nowhere' })
    jobs.add('b', receipt)
    const { problems, printer } = startAndStopLater({ jobs: jobs.store, send: async () => HANDED_OVER })
    await eventually(() => expect(jobs.states()).toEqual({ a: 'failed', b: 'handed_over' }))
    expect(jobs.row('a')).toMatchObject({ code: 'PRINT_RENDER_FAILED', bytes: null })
    expect(problems).toMatchObject([{ jobId: 'a', code: 'PRINT_RENDER_FAILED' }])
    expect(printer.health()).toEqual({ state: 'ready' })
  })

  test('survives a store that fails for a while', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    let calls = 0
    const next = () => {
      if (++calls < 3) throw new Error('disk full')
      return jobs.store.next()
    }
    const { problems } = startAndStopLater({ jobs: { ...jobs.store, next }, send: async () => HANDED_OVER })
    await eventually(() => expect(jobs.states().a).toBe('handed_over'))
    expect(problems).toEqual(
      [1, 2].map(() => ({ jobId: null, code: 'PRINT_STORE_FAILED', detail: 'Error: disk full' })),
    )
  })

  test('asks about a job whose end could not be stored, and goes on with the next one', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    let isFull = true
    const finish: typeof jobs.store.finish = (...end) => {
      if (isFull) throw new Error('disk full')
      jobs.store.finish(...end)
    }
    const settleInterrupted = () => {
      if (jobs.row('a').state === 'sending') isFull = false
      return jobs.store.settleInterrupted()
    }
    let sends = 0
    const { problems, printer } = startAndStopLater({
      jobs: { ...jobs.store, finish, settleInterrupted },
      send: async () => {
        sends += 1
        return HANDED_OVER
      },
    })
    await eventually(() => expect(jobs.states()).toEqual({ a: 'unknown' }))
    jobs.add('b', receipt)
    printer.wake()
    await eventually(() => expect(jobs.states()).toEqual({ a: 'unknown', b: 'handed_over' }))
    expect([sends, problems]).toMatchObject([2, [{ jobId: null, code: 'PRINT_STORE_FAILED' }]])
  })

  test('tells what was printed, when and with which bytes', async () => {
    const jobs = createPrintJobsInMemory()
    const { printer } = startAndStopLater({ jobs: jobs.store, send: async () => HANDED_OVER })
    const printed: unknown[] = []
    const end = printer.onPrinted((job) => printed.push(job))
    jobs.add('a', slip)
    printer.wake()
    await eventually(() => expect(printed).toEqual([{ id: 'a', at: 1_000, bytes: jobs.row('a').bytes }]))
    end()
    jobs.add('b', slip)
    printer.wake()
    await eventually(() => expect(jobs.states().b).toBe('handed_over'))
    expect(printed).toHaveLength(1)
  })

  test('waits for the job on its way when stopped, then sends nothing more', async () => {
    const jobs = createPrintJobsInMemory()
    jobs.add('a', slip)
    jobs.add('b', slip)
    let accept = (_: SendOutcome) => {}
    const send = () =>
      new Promise<SendOutcome>((resolve) => {
        accept = resolve
      })
    const { printer } = startPrinter({ jobs: jobs.store, send })
    await eventually(() => expect(jobs.states().a).toBe('sending'))
    const stopped = printer.stop()
    accept(HANDED_OVER)
    await stopped
    printer.wake()
    await delay(10)
    expect(jobs.states()).toEqual({ a: 'handed_over', b: 'queued' })
  })

  test('over any series of outcomes sends each job until it left, and never after', async () => {
    const outcome = fc.constantFrom<SendOutcome>(HANDED_OVER, NOT_SENT, UNKNOWN, { kind: 'confirmed' })
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { maxLength: 12 }), async (outcomes) => {
        const jobs = createPrintJobsInMemory()
        const ids = ['a', 'b', 'c']
        for (const id of ids) jobs.add(id, { ...slip, qr: id })
        const history: Record<string, string[]> = { a: [], b: [], c: [] }
        const script = [...outcomes]
        const send = async (bytes: Uint8Array) => {
          const result = script.shift() ?? HANDED_OVER
          history[readEscPos(bytes).qr[0] ?? '']?.push(result.kind)
          return result
        }
        const { printer } = startPrinter({ jobs: jobs.store, send, backOff: { firstMs: 0, maxMs: 0 } })
        // Short: a failing run is shrunk, each step waiting as long.
        await vi.waitFor(() => expect(jobs.store.next()).toBeNull(), { interval: 2 })
        await printer.stop()
        for (const id of ids) {
          expect(history[id]?.slice(0, -1).every((kind) => kind === 'not_sent')).toBe(true)
          expect(history[id]?.at(-1)).toBe(jobs.states()[id])
        }
      }),
      { numRuns: 30 },
    )
  })
})

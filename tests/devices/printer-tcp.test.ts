import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { openTcpLine } from '#main/host/devices/printer/line-tcp.ts'
import { createLineTransport, type LineTimes } from '#main/host/devices/printer/line-transport.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { createNetworkPrinter, type Manner, type NetworkPrinter } from '#tests/devices/network-printer.ts'
import { slip } from '#tests/devices/samples.ts'

const JOB = renderDocument(slip, 80)
const LARGE = Buffer.alloc(8_000_000, 'x')
const DEADLINE_MS = 300
const attendance = { tell: () => {}, closing: new AbortController().signal }

const printers: NetworkPrinter[] = []
afterEach(async () => {
  await Promise.all(printers.splice(0).map((printer) => printer.close()))
})

/** A printer that answers no status request, as most are. */
async function silentPrinter(manner: Manner = {}): Promise<NetworkPrinter> {
  const printer = await createNetworkPrinter(manner)
  printer.answers = 'nothing'
  printers.push(printer)
  return printer
}

function transportTo({ port }: { port: number }, times: Partial<LineTimes> = {}, host = '127.0.0.1') {
  return createLineTransport({
    open: (withinMs) => openTcpLine({ host, port }, withinMs),
    asksStatus: true,
    times: { deadlineMs: DEADLINE_MS, answerMs: 20, pollMs: 20, confirmMs: 100, ...times },
  })
}

describe('a job to a printer that answers nothing', () => {
  test('is handed over when the printer took every byte and closed', async () => {
    const printer = await silentPrinter()
    expect(await transportTo(printer).send(JOB, attendance)).toEqual({ kind: 'handed_over' })
    expect(Buffer.from(printer.sheets[0]?.printed ?? [])).toEqual(Buffer.from(JOB))
    expect(readEscPos(JOB)).toMatchObject({ cut: true, qr: [slip.qr] })
  })

  test('waits for an answer once, and sends later jobs without asking', async () => {
    const printer = await silentPrinter()
    const transport = transportTo(printer, { answerMs: 400, deadlineMs: 5000 })
    const took = async () => {
      const started = performance.now()
      await transport.send(JOB, attendance)
      return performance.now() - started
    }
    expect(await took()).toBeGreaterThan(399)
    expect(await took()).toBeLessThan(390)
  })

  test('never asks a printer of which the set-up says that it prints questions', async () => {
    const printer = await createNetworkPrinter()
    printers.push(printer)
    const open = (withinMs: number) => openTcpLine({ host: '127.0.0.1', port: printer.port }, withinMs)
    const transport = createLineTransport({ open, asksStatus: false })
    printer.coverOpen = true
    expect(await transport.send(JOB, attendance)).toEqual({ kind: 'handed_over' })
    expect(await transport.check()).toEqual({ kind: 'silent' })
  })

  test('arrives whole when it is large', async () => {
    const printer = await silentPrinter()
    const job = LARGE.subarray(0, 1_000_000)
    expect(await transportTo(printer, { deadlineMs: 10_000 }).send(job, attendance)).toEqual({ kind: 'handed_over' })
    expect(printer.sheets[0]?.printed).toHaveLength(job.length)
  })

  test('is not sent when the printer refuses the connection', async () => {
    const printer = await silentPrinter()
    await printer.switchOff()
    const outcome = await transportTo(printer).send(JOB, attendance)
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_REFUSED' })
  })

  test('is not sent when the printer cannot be found', async () => {
    const outcome = await transportTo({ port: 9100 }, { deadlineMs: 1000 }, 'printer.invalid').send(JOB, attendance)
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_UNREACHABLE' })
  })

  test('is not sent when the printer hangs up before the first byte', async () => {
    const printer = await silentPrinter({ hangsUp: true })
    const outcome = await transportTo(printer, { answerMs: 200 }).send(JOB, attendance)
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_CUT_OFF' })
    expect(printer.sheets[0]?.printed).toEqual([])
  })

  test('is unknown when the printer stalls', async () => {
    const printer = await silentPrinter({ stalls: true })
    const started = performance.now()
    const outcome = await transportTo(printer).send(LARGE, attendance)
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_TIMEOUT' })
    expect(performance.now() - started).toBeLessThan(DEADLINE_MS * 4)
  })

  test('is unknown when the printer takes everything but never closes', async () => {
    const printer = await silentPrinter({ neverCloses: true })
    const outcome = await transportTo(printer).send(JOB, attendance)
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_TIMEOUT' })
    expect(Buffer.from(printer.sheets[0]?.printed ?? [])).toEqual(Buffer.from(JOB))
  })

  test('cut off after any number of bytes is unknown, because paper may have come out', async () => {
    await fc.assert(
      // The first three bytes are a question.
      fc.asyncProperty(fc.integer({ min: 4, max: 300_000 }), async (cutAfter) => {
        const printer = await silentPrinter({ cutAfter })
        const outcome = await transportTo(printer, { deadlineMs: 5000 }).send(LARGE, attendance)
        expect(outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_CUT_OFF' })
        expect(printer.sheets[0]?.printed.length).toBeGreaterThan(0)
      }),
      { numRuns: 15 },
    )
  })

  test('reset while it is asked is not sent', async () => {
    const printer = await silentPrinter({ cutAfter: 1 })
    const outcome = await transportTo(printer, { answerMs: 200 }).send(JOB, attendance)
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_CUT_OFF' })
    expect(printer.connections()).toBe(1)
  })
})

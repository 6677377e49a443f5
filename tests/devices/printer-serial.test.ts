import { setTimeout as delay } from 'node:timers/promises'
import { SerialPort } from 'serialport'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTransport } from '#main/host/devices/printer/create-transport.ts'
import type { PrinterLine } from '#main/host/devices/printer/line.ts'
import { openSerialLine } from '#main/host/devices/printer/line-serial.ts'
import { createLineTransport, type LineTimes } from '#main/host/devices/printer/line-transport.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { createPortFinder } from '#main/host/devices/serial/port-finder.ts'
import { msPerByte } from '#main/host/devices/serial/serial-settings.ts'
import { createPtyCable, type PtyCable } from '#tests/devices/pty-cable.ts'
import { createReceiptPrinter, type ReceiptPrinter } from '#tests/devices/receipt-printer.ts'
import { slip } from '#tests/devices/samples.ts'

const JOB = renderDocument(slip, 58)
const attendance = { tell: () => {}, closing: new AbortController().signal }

let cable: PtyCable
beforeEach(() => {
  cable = createPtyCable()
})
afterEach(() => cable.remove())

/** The far end of the cable; ends with it. */
async function attach(printer: ReceiptPrinter): Promise<void> {
  const port = new SerialPort({ path: cable.far, baudRate: 9600, autoOpen: false })
  port.on('error', () => {})
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())))
  const { feed } = printer.connect((bytes) => port.write(Buffer.from(bytes)))
  port.on('data', feed)
}

async function printerOnCable(change: Partial<ReceiptPrinter> = {}): Promise<ReceiptPrinter> {
  const printer = Object.assign(createReceiptPrinter(), change)
  await cable.plugIn()
  await attach(printer)
  return printer
}

function transport(times: Partial<LineTimes> = {}) {
  const profile = PrinterProfile.parse({ width: 58, transport: { kind: 'serial', path: cable.near } })
  if (profile.transport.kind !== 'serial') throw new Error('the profile became another')
  const target = profile.transport
  return createLineTransport({
    open: (withinMs) => openSerialLine(createPortFinder(target), target, withinMs),
    asksStatus: true,
    times: { deadlineMs: 2000, answerMs: 1000, pollMs: 20, confirmMs: 3000, ...times },
  })
}

const printedBy = (printer: ReceiptPrinter) => Buffer.from(printer.sheets.flatMap((sheet) => sheet.printed))

/** A line that carries one byte in so many ms, to a printer that answers nothing; stuck: none at all. */
function slowLine(msPerByte: number, isStuck = false): PrinterLine {
  return {
    over: new Promise(() => {}),
    write: (bytes) => (isStuck ? new Promise(() => {}) : delay(bytes.length * msPerByte)),
    onBytes: () => {},
    finish: async () => {},
    drop: async () => {},
  }
}

describe('a slow line', () => {
  const times = { deadlineMs: 100 }
  const sent = (line: PrinterLine, msPerByte?: number) =>
    createLineTransport({ open: async () => line, asksStatus: false, times, ...(msPerByte && { msPerByte }) }).send(
      new Uint8Array(300),
      attendance,
    )

  test('has the time that its bytes take beside the deadline', async () => {
    expect(await sent(slowLine(1), 1)).toEqual({ kind: 'handed_over' })
    expect(await sent(slowLine(1))).toMatchObject({ kind: 'unknown', code: 'PRINTER_TIMEOUT' })
  })

  test('that carries nothing is given up after both', async () => {
    const started = performance.now()
    expect(await sent(slowLine(1, true), 1)).toMatchObject({ kind: 'unknown', code: 'PRINTER_TIMEOUT' })
    expect(performance.now() - started).toBeGreaterThan(390)
  })

  test('takes as long for a byte as its bits at its speed', () => {
    expect(msPerByte({ baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 })).toBeCloseTo(10 / 9.6)
    expect(msPerByte({ baudRate: 4800, dataBits: 8, parity: 'even', stopBits: 1 })).toBeCloseTo(11 / 4.8)
    expect(msPerByte({ baudRate: 1200, dataBits: 7, parity: 'odd', stopBits: 2 })).toBeCloseTo(11 / 1.2)
  })

  test('of the profile is asked whether the job was processed when it can have arrived', async () => {
    await printerOnCable()
    const took = async (baudRate: number) => {
      const settings = { baudRate, dataBits: 8, parity: 'even', stopBits: 1 }
      const profile = PrinterProfile.parse({ width: 58, transport: { kind: 'serial', path: cable.near, settings } })
      const started = performance.now()
      expect(await createTransport(profile, []).send(JOB, attendance)).toEqual({ kind: 'confirmed' })
      return performance.now() - started
    }
    const lineMs = (JOB.length * 11) / 9.6
    expect(await took(9600)).toBeGreaterThan(lineMs - 5)
    expect(await took(115_200)).toBeLessThan(lineMs)
  })
})

describe('a job over a serial port', () => {
  test('is confirmed by a printer that answers, job after job', async () => {
    const printer = await printerOnCable()
    const line = transport()
    expect(await line.send(JOB, attendance)).toEqual({ kind: 'confirmed' })
    expect(await line.send(JOB, attendance)).toEqual({ kind: 'confirmed' })
    expect(printedBy(printer)).toEqual(Buffer.concat([JOB, JOB]))
  })

  test('is handed over to one that answers nothing', async () => {
    const printer = await printerOnCable({ answers: 'nothing' })
    expect(await transport({ answerMs: 50 }).send(JOB, attendance)).toEqual({ kind: 'handed_over' })
    await expect.poll(() => printedBy(printer), { timeout: 5000 }).toEqual(Buffer.from(JOB))
  })

  test('is not sent to one with its cover open, and a check sees it closed', async () => {
    const printer = await printerOnCable({ coverOpen: true })
    const line = transport()
    expect(await line.send(JOB, attendance)).toMatchObject({ kind: 'not_sent', code: 'PRINTER_COVER_OPEN' })
    printer.coverOpen = false
    expect(await line.check()).toMatchObject({ kind: 'condition', condition: { blocked: null } })
    expect(printedBy(printer)).toHaveLength(0)
  })

  test('is not sent when the port is not there', async () => {
    const outcome = await transport().send(JOB, attendance)
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_UNREACHABLE' })
  })

  test('is not sent when another program holds the port', async () => {
    await printerOnCable()
    const other = new SerialPort({ path: cable.near, baudRate: 9600, autoOpen: false })
    await new Promise<void>((resolve) => other.open(() => resolve()))
    const outcome = await transport().send(JOB, attendance)
    await new Promise<void>((resolve) => other.close(() => resolve()))
    expect(outcome).toMatchObject({ kind: 'not_sent', code: 'PRINTER_PORT_BUSY' })
  })

  test('is unknown within the deadline when the printer takes nothing', async () => {
    await printerOnCable({ answers: 'nothing' })
    cable.freeze()
    const started = performance.now()
    const outcome = await transport({ answerMs: 50 }).send(Buffer.alloc(3_000_000, 'x'), attendance)
    expect(outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_TIMEOUT' })
    expect(performance.now() - started).toBeLessThan(6000)
  })

  test('is unknown when the cable is pulled in the middle, and the next one finds the port again', async () => {
    const printer = await printerOnCable({ answers: 'nothing' })
    const line = transport({ deadlineMs: 5000 })
    const outcome = line.send(Buffer.alloc(3_000_000, 'x'), attendance)
    await expect.poll(() => printedBy(printer).length, { timeout: 5000 }).toBeGreaterThan(0)
    await cable.unplug()
    expect(await outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_CUT_OFF' })
    printer.answers = 'all'
    await cable.plugIn()
    await attach(printer)
    expect(await line.send(JOB, attendance)).toEqual({ kind: 'confirmed' })
  })
})

/** Runs on Node for Windows, in Wine: the product's own printer code against winspool.drv and a COM port. */
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { openSerialLine } from '#main/host/devices/printer/line-serial.ts'
import { listPrinters } from '#main/host/devices/printer/list-printers.ts'
import type { PrinterCondition } from '#main/host/devices/printer/status.ts'
import { createSpoolerTransport } from '#main/host/devices/printer/transport-spooler.ts'
import { WINDOWS_SPOOLER } from '#main/host/devices/printer/windows/winspool-koffi.ts'
import { type Answer, MISSING_QUEUE, QUEUE, SERIAL_REPLY, type Seen, type Task } from '#tests/wine/seen.ts'

const [taskFile = '', seenFile = ''] = process.argv.slice(2)
const task: Task = JSON.parse(readFileSync(taskFile, 'utf8'))
const receipt = readFileSync(task.receipt)
const transport = createSpoolerTransport({ queue: QUEUE, spooler: WINDOWS_SPOOLER })
const attendance = { tell: () => {}, closing: new AbortController().signal }

async function answer<T>(ask: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { answer: await ask() }
  } catch (error) {
    return { error: String(error) }
  }
}

async function withQueue<T>(
  use: (winspool: Awaited<ReturnType<typeof WINDOWS_SPOOLER.load>>, printer: bigint) => Promise<T>,
) {
  const winspool = await WINDOWS_SPOOLER.load()
  const printer = await winspool.openPrinter(QUEUE)
  return use(winspool, printer).finally(() => winspool.closePrinter(printer))
}

async function sendWatched() {
  const told: PrinterCondition[] = []
  const outcome = await transport.send(receipt, { ...attendance, tell: (condition) => told.push(condition) })
  return { outcome, told }
}

/** Writes, and takes what comes back until it is as much as is written at the far end, or for ten seconds. */
async function talkOverSerialPort(): Promise<{ received: string }> {
  const target = {
    path: task.serialPort,
    settings: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
    flow: 'none',
  } as const
  const line = await openSerialLine({ find: async () => task.serialPort }, target, 5_000)
  let received = Buffer.alloc(0)
  line.onBytes((bytes) => {
    received = Buffer.concat([received, bytes])
  })
  await line.write(receipt)
  const ends = performance.now() + 10_000
  while (received.length < SERIAL_REPLY.length && performance.now() < ends) await delay(50)
  await line.finish()
  return { received: received.toString('hex') }
}

const seen: Seen = {
  system: await answer(async () => `Node ${process.version} on ${process.platform}-${process.arch}`),
  printers: await answer(() => listPrinters()),
  queue: await answer(() =>
    withQueue(async (winspool, printer) => ({
      ...(await winspool.queue(printer)),
      driver: await winspool.driver(printer),
    })),
  ),
  receipt: await answer(sendWatched),
  allBytes: await answer(() => transport.send(readFileSync(task.allBytes), attendance)),
  check: await answer(() => transport.check()),
  missing: await answer(() =>
    createSpoolerTransport({ queue: MISSING_QUEUE, spooler: WINDOWS_SPOOLER }).send(receipt, attendance),
  ),
  open: await answer(() =>
    withQueue(async (winspool, printer) => {
      const job = await winspool.startDoc(printer, 'open', 'RAW')
      await winspool.write(printer, receipt)
      const state = await winspool.job(printer, job)
      await winspool.endDoc(printer)
      return state
    }),
  ),
  serial: await answer(talkOverSerialPort),
}
writeFileSync(seenFile, JSON.stringify(seen))
process.exit(0)

import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { SerialPort } from 'serialport'
import { afterEach, describe, expect, test } from 'vitest'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { createDeviceFileTransport } from '#main/host/devices/printer/transport-file.ts'
import { createPtyCable, type PtyCable } from '#tests/devices/pty-cable.ts'
import { createReceiptPrinter } from '#tests/devices/receipt-printer.ts'
import { slip } from '#tests/devices/samples.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const JOB = renderDocument(slip, 58)
const LARGE = Buffer.alloc(3_000_000, 'x')
const attendance = { tell: () => {}, closing: new AbortController().signal }
const send = (path: string, bytes: Uint8Array = JOB, deadlineMs = 300) =>
  createDeviceFileTransport({ path, deadlineMs }).send(bytes, attendance)

let cable: PtyCable | null = null
afterEach(async () => {
  await cable?.remove()
  cable = null
})

/** A pseudo terminal is a character device as /dev/usb/lp0 is. */
async function plugIn() {
  const plugged = createPtyCable()
  cable = plugged
  await plugged.plugIn()
  const printer = createReceiptPrinter()
  const port = new SerialPort({ path: plugged.far, baudRate: 9600 })
  port.on('error', () => {})
  port.on('data', printer.connect(() => {}).feed)
  const printed = () => Buffer.from(printer.sheets.flatMap((sheet) => sheet.printed))
  return { cable: plugged, printed }
}

describe('a job to a device file', () => {
  test('is handed over and arrives whole', async () => {
    const { cable, printed } = await plugIn()
    const large = LARGE.subarray(0, 200_000)
    expect(await send(cable.near, large, 5000)).toEqual({ kind: 'handed_over' })
    await expect.poll(() => printed().length, { timeout: 5000 }).toBe(large.length)
  })

  test('that is not there is not sent, and no file is created in its place', async () => {
    const path = join(tempFolder(), 'lp0')
    expect(await send(path)).toMatchObject({ kind: 'not_sent', code: 'PRINTER_UNREACHABLE' })
    expect(existsSync(path)).toBe(false)
  })

  test('that is a regular file is not sent, and the file stays as it was', async () => {
    const path = join(tempFolder(), 'lp0')
    writeFileSync(path, 'before')
    expect(await send(path)).toMatchObject({ kind: 'not_sent', code: 'PRINTER_SETUP_WRONG' })
    expect(readFileSync(path, 'utf8')).toBe('before')
  })

  test('that is a socket or a folder is not sent', async () => {
    const folder = tempFolder()
    const socket = join(folder, 'socket')
    const server = createServer().listen(socket)
    await once(server, 'listening')
    for (const path of [socket, folder]) {
      expect(await send(path)).toMatchObject({ kind: 'not_sent', code: 'PRINTER_SETUP_WRONG' })
    }
    await new Promise((done) => server.close(done))
  })

  test('is unknown within the deadline when the printer stops taking bytes in the middle', async () => {
    const { cable } = await plugIn()
    cable.freeze()
    const started = performance.now()
    expect(await send(cable.near, LARGE)).toMatchObject({ kind: 'unknown', code: 'PRINTER_TIMEOUT' })
    expect(performance.now() - started).toBeLessThan(2000)
  })

  test('is not sent when the printer takes not even the first byte', async () => {
    const { cable } = await plugIn()
    cable.freeze()
    await send(cable.near, LARGE)
    expect(await send(cable.near)).toMatchObject({ kind: 'not_sent', code: 'PRINTER_TIMEOUT' })
  })

  test('is unknown when the cable is pulled in the middle', async () => {
    const { cable } = await plugIn()
    cable.freeze()
    const outcome = send(cable.near, LARGE, 5000)
    // Long enough for the first pieces to be taken.
    await new Promise((done) => setTimeout(done, 300))
    await cable.unplug()
    expect(await outcome).toMatchObject({ kind: 'unknown', code: 'PRINTER_CUT_OFF' })
  })

  test('cannot be asked anything', async () => {
    const transport = createDeviceFileTransport({ path: '/dev/loket-none', deadlineMs: 1 })
    expect(await transport.check()).toEqual({ kind: 'silent' })
  })
})

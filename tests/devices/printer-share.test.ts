import { describe, expect, test } from 'vitest'
import { createTransport } from '#main/host/devices/printer/create-transport.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import { createShareTransport, type ShareFile } from '#main/host/devices/printer/transport-share.ts'
import { slip } from '#tests/devices/samples.ts'
import { never } from '#tests/devices/spooler-double.ts'

const JOB = renderDocument(slip, 80)
const PATH = '\\\\localhost\\STRUK'
const attendance = { tell: () => {}, closing: new AbortController().signal }

/** A share that takes `pieces` bytes at a time; `change` replaces what it does. */
function share(change: Partial<ShareFile> = {}, pieces = 100) {
  const taken: number[] = []
  const opened: string[] = []
  let closed = 0
  const file: ShareFile = {
    async write(bytes) {
      taken.push(...bytes.subarray(0, pieces))
      return { bytesWritten: Math.min(pieces, bytes.length) }
    },
    async close() {
      closed++
    },
    ...change,
  }
  const open = async (path: string, flags: string) => {
    opened.push(`${flags} ${path}`)
    return file
  }
  const transport = createShareTransport({ path: PATH, deadlineMs: 300, platform: 'win32', open })
  return { send: () => transport.send(JOB, attendance), taken, opened, closed: () => closed }
}

const failing = (code: string) => Promise.reject(Object.assign(new Error(code), { code }))

describe('a job to a shared printer', () => {
  test('is handed over when all of it was written and the file closed', async () => {
    const it = share()
    expect(await it.send()).toEqual({ kind: 'handed_over' })
    expect(it.taken).toEqual([...JOB])
    expect([it.opened, it.closed()]).toEqual([[`w ${PATH}`], 1])
  })

  test.each([
    ['ENOENT', 'PRINTER_UNREACHABLE'],
    ['EPERM', 'PRINTER_REFUSED'],
    ['EISDIR', 'PRINTER_REFUSED'],
  ])('that cannot be opened (%s) is not sent', async (error, code) => {
    const open = () => failing(error)
    const transport = createShareTransport({ path: PATH, deadlineMs: 300, platform: 'win32', open })
    expect(await transport.send(JOB, attendance)).toMatchObject({ kind: 'not_sent', code })
  })

  test.each([
    ['a write fails', { write: () => failing('EIO') }, 'PRINTER_CUT_OFF'],
    ['nothing is taken', { write: async () => ({ bytesWritten: 0 }) }, 'PRINTER_CUT_OFF'],
    ['a write does not come back', { write: never }, 'PRINTER_TIMEOUT'],
    ['the close fails', { close: () => failing('EIO') }, 'PRINTER_CUT_OFF'],
    ['the close does not come back', { close: never }, 'PRINTER_TIMEOUT'],
  ])('is unknown when %s: Windows prints what it has got', async (_, change, code) => {
    expect(await share(change).send()).toMatchObject({ kind: 'unknown', code })
  })

  test('is not begun while an earlier call has not come back', async () => {
    const it = share({ write: never })
    await it.send()
    expect(await it.send()).toMatchObject({ kind: 'not_sent', code: 'PRINTER_TIMEOUT' })
    expect(it.opened).toHaveLength(1)
  })

  test('is refused on another system, with the reason', async () => {
    const profile = PrinterProfile.parse({ width: 80, transport: { kind: 'file', path: PATH } })
    expect(await createTransport(profile, []).send(JOB, attendance)).toEqual({
      kind: 'not_sent',
      code: 'PRINTER_SETUP_WRONG',
      detail: `${PATH} can be opened by Windows only`,
    })
  })
})

test('a set-up names a share itself: no file in it, no device, no pipe', () => {
  const parse = (path: string) => PrinterProfile.safeParse({ width: 80, transport: { kind: 'file', path } }).success
  for (const path of [PATH, '\\\\192.168.1.5\\Pencetak struk', '\\\\mpp-server.local\\STRUK$']) {
    expect([path, parse(path)]).toEqual([path, true])
  }
  const wrong = [
    '\\\\localhost',
    '\\\\localhost\\',
    '\\\\localhost\\C$\\struk.bin',
    '\\\\.\\COM1',
    '\\\\?\\C:',
    '//localhost/STRUK',
    'C:\\struk',
  ]
  for (const path of wrong) expect([path, parse(path)]).toEqual([path, false])
})

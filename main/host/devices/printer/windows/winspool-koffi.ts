/**
 * winspool.drv through koffi. Calls run on libuv's worker threads, never on the host's own. Layouts: Microsoft, winspool.h as
 * documented under "Print Spooler API Structures", the wide-character (W) forms for 64-bit Windows.
 */
import type { TypeObject } from 'koffi'
import { createDeadline } from '#main/host/devices/printer/windows/deadline.ts'
import { type Spooler, WIN32, type Winspool, WinspoolError } from '#main/host/devices/printer/windows/winspool.ts'

const PRINTER_ENUM_LOCAL = 0x2
const PRINTER_ENUM_CONNECTIONS = 0x4
const JOB_CONTROL_DELETE = 5

/** Enough for most answers; Windows says when it is not. */
const FIRST_BUFFER_BYTES = 4096

let loaded: Promise<Winspool> | undefined

/** Rejects where there is no spooler of Windows, or when the native module is missing from the installation. */
function load(): Promise<Winspool> {
  if (process.platform !== 'win32') return Promise.reject(new Error('the Windows print spooler exists on Windows only'))
  loaded ??= bind()
  return loaded
}

/** The spooler of this computer, with the one deadline of this process: a list, a try and a job may all be stuck in it. */
export const WINDOWS_SPOOLER: Spooler = { load, within: createDeadline() }

async function bind(): Promise<Winspool> {
  const { default: koffi } = await import('koffi')
  const winspool = koffi.load('winspool.drv')
  const getLastError = koffi.load('kernel32.dll').func('__stdcall', 'GetLastError', 'uint32', [])
  /** koffi does not hold on to the memory that it hands to a call on another thread. */
  const inUse = new Set<readonly unknown[]>()

  /** BOOL and DWORD results alike: 0 is failure. */
  function define(name: string, parameters: string[]): (...args: readonly unknown[]) => Promise<number> {
    const native = winspool.func('__stdcall', name, 'uint32', parameters)
    return (...args) =>
      new Promise((resolve, reject) => {
        inUse.add(args)
        native.async(...args, (error: unknown, result: number) => {
          inUse.delete(args)
          if (error) reject(error)
          else if (result !== 0) resolve(result)
          // In this callback, and only here, koffi shows the last error of the thread that made the call.
          else reject(new WinspoolError(name, getLastError()))
        })
      })
  }

  const call = {
    openPrinter: define('OpenPrinterW', ['str16', 'void *', 'void *']),
    closePrinter: define('ClosePrinter', ['void *']),
    getPrinterDriver: define('GetPrinterDriverW', ['void *', 'str16', 'uint32', 'void *', 'uint32', 'void *']),
    getPrinter: define('GetPrinterW', ['void *', 'uint32', 'void *', 'uint32', 'void *']),
    startDocPrinter: define('StartDocPrinterW', ['void *', 'uint32', 'void *']),
    startPagePrinter: define('StartPagePrinter', ['void *']),
    writePrinter: define('WritePrinter', ['void *', 'void *', 'uint32', 'void *']),
    endPagePrinter: define('EndPagePrinter', ['void *']),
    endDocPrinter: define('EndDocPrinter', ['void *']),
    getJob: define('GetJobW', ['void *', 'uint32', 'uint32', 'void *', 'uint32', 'void *']),
    setJob: define('SetJobW', ['void *', 'uint32', 'uint32', 'void *', 'uint32']),
    enumPrinters: define('EnumPrintersW', ['uint32', 'str16', 'uint32', 'void *', 'uint32', 'void *', 'void *']),
    getDefaultPrinter: define('GetDefaultPrinterW', ['void *', 'void *']),
  }

  const text = 'str16'
  const unread = 'void *'
  const dword = 'uint32'
  const structs = {
    DOC_INFO_1: koffi.struct({ pDocName: text, pOutputFile: text, pDatatype: text }),
    JOB_INFO_1: koffi.struct({
      JobId: dword,
      pPrinterName: unread,
      pMachineName: unread,
      pUserName: unread,
      pDocument: unread,
      pDatatype: unread,
      pStatus: text,
      Status: dword,
      Priority: dword,
      Position: dword,
      TotalPages: dword,
      PagesPrinted: dword,
      Submitted: koffi.array('uint16', 8),
    }),
    PRINTER_INFO_2: koffi.struct({
      pServerName: unread,
      pPrinterName: text,
      pShareName: unread,
      pPortName: text,
      pDriverName: text,
      pComment: unread,
      pLocation: unread,
      pDevMode: unread,
      pSepFile: unread,
      pPrintProcessor: unread,
      pDatatype: unread,
      pParameters: unread,
      pSecurityDescriptor: unread,
      Attributes: dword,
      Priority: dword,
      DefaultPriority: dword,
      StartTime: dword,
      UntilTime: dword,
      Status: dword,
      cJobs: dword,
      AveragePPM: dword,
    }),
    PRINTER_INFO_4: koffi.struct({ pPrinterName: text, pServerName: unread, Attributes: dword }),
    DRIVER_INFO_8: koffi.struct({
      cVersion: dword,
      pName: unread,
      pEnvironment: unread,
      pDriverPath: unread,
      pDataFile: unread,
      pConfigFile: unread,
      pHelpFile: unread,
      pDependentFiles: unread,
      pMonitorName: unread,
      pDefaultDataType: unread,
      pszzPreviousNames: unread,
      ftDriverDate: koffi.array(dword, 2),
      dwlDriverVersion: 'uint64',
      pszMfgName: unread,
      pszOEMUrl: unread,
      pszHardwareID: unread,
      pszProvider: unread,
      pszPrintProcessor: unread,
      pszVendorSetup: unread,
      pszzColorProfiles: unread,
      pszInfPath: unread,
      dwPrinterDriverAttributes: dword,
      pszzCoreDriverDependencies: unread,
      ftMinInboxDriverVerDate: koffi.array(dword, 2),
      dwlMinInboxDriverVerVersion: 'uint64',
    }),
  }

  /** Asks again with as much room as Windows wants. The strings of an answer lie in the buffer behind its structures. */
  async function answerOf(ask: (buffer: Buffer, bytes: number, needed: Buffer) => Promise<number>): Promise<Buffer> {
    const needed = Buffer.alloc(4)
    let buffer = Buffer.alloc(FIRST_BUFFER_BYTES)
    while (true) {
      try {
        await ask(buffer, buffer.length, needed)
        return buffer
      } catch (error) {
        const bytes = needed.readUInt32LE()
        const tooSmall = error instanceof WinspoolError && error.number === WIN32.INSUFFICIENT_BUFFER
        if (!tooSmall || bytes <= buffer.length) throw error
        buffer = Buffer.alloc(bytes)
      }
    }
  }

  async function enumerate(flags: number, level: number, struct: TypeObject) {
    const count = Buffer.alloc(4)
    const buffer = await answerOf((...room) => call.enumPrinters(flags, null, level, ...room, count))
    const entries = Array.from({ length: count.readUInt32LE() }, (_, index) =>
      koffi.decode(buffer, index * koffi.sizeof(struct), struct),
    )
    return entries
  }

  return {
    async openPrinter(name) {
      const handle = Buffer.alloc(8)
      await call.openPrinter(name, handle, null)
      return handle.readBigUInt64LE()
    },
    async closePrinter(printer) {
      await call.closePrinter(printer)
    },
    async driver(printer) {
      const buffer = await answerOf((...room) => call.getPrinterDriver(printer, null, 8, ...room))
      const { cVersion, dwPrinterDriverAttributes } = koffi.decode(buffer, structs.DRIVER_INFO_8)
      return { version: cVersion, attributes: dwPrinterDriverAttributes }
    },
    async queue(printer) {
      const buffer = await answerOf((...room) => call.getPrinter(printer, 2, ...room))
      const { Attributes, Status, cJobs } = koffi.decode(buffer, structs.PRINTER_INFO_2)
      return { attributes: Attributes, status: Status, jobs: cJobs }
    },
    startDoc(printer, document, datatype) {
      const info = { pDocName: document, pOutputFile: null, pDatatype: datatype }
      return call.startDocPrinter(printer, 1, koffi.as(info, koffi.pointer(structs.DOC_INFO_1)))
    },
    async startPage(printer) {
      await call.startPagePrinter(printer)
    },
    async write(printer, bytes) {
      const written = Buffer.alloc(4)
      await call.writePrinter(printer, bytes, bytes.length, written)
      return written.readUInt32LE()
    },
    async endPage(printer) {
      await call.endPagePrinter(printer)
    },
    async endDoc(printer) {
      await call.endDocPrinter(printer)
    },
    async job(printer, job) {
      const buffer = await answerOf((...room) => call.getJob(printer, job, 1, ...room))
      const { Status, pStatus } = koffi.decode(buffer, structs.JOB_INFO_1)
      return { status: Status, statusText: pStatus }
    },
    async deleteJob(printer, job) {
      await call.setJob(printer, job, 0, null, JOB_CONTROL_DELETE)
    },
    async list() {
      const local = await enumerate(PRINTER_ENUM_LOCAL, 2, structs.PRINTER_INFO_2)
      const connections = await enumerate(PRINTER_ENUM_CONNECTIONS, 4, structs.PRINTER_INFO_4)
      const known = new Set(local.map(({ pPrinterName }) => pPrinterName))
      return [
        ...local.map(({ pPrinterName: name, pDriverName: driver, pPortName: port }) => ({ name, driver, port })),
        ...connections
          .filter(({ pPrinterName }) => !known.has(pPrinterName))
          .map(({ pPrinterName: name }) => ({ name, driver: null, port: null })),
      ]
    },
    async defaultPrinter() {
      const characters = Buffer.alloc(4)
      const name = Buffer.alloc(2 * 1024)
      characters.writeUInt32LE(name.length / 2)
      try {
        await call.getDefaultPrinter(name, characters)
      } catch (error) {
        if (error instanceof WinspoolError && error.number === WIN32.FILE_NOT_FOUND) return null
        throw error
      }
      return name.toString('utf16le', 0, 2 * (characters.readUInt32LE() - 1))
    },
  }
}

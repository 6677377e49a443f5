/** The printers that this computer knows, for whoever sets a counter up. Nothing is sent to any of them. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { listCups } from '#main/host/devices/printer/list-cups.ts'
import { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { lastPart } from '#main/host/devices/printer/windows/name-hint.ts'
import { type SpoolerFault, spoolerFault } from '#main/host/devices/printer/windows/spooler-fault.ts'
import type { Spooler } from '#main/host/devices/printer/windows/winspool.ts'
import { WINDOWS_SPOOLER } from '#main/host/devices/printer/windows/winspool-koffi.ts'

type Found = {
  /** For the set-up, when it may be chosen. */
  transport: { kind: 'spooler' | 'cups'; queue: string } | { kind: 'file'; path: string }
  /** The whole name; on Windows a printer of another computer is `\\server\name`. */
  name: string
  /** Null: the system does not tell. */
  driver: string | null
  port: string | null
  isDefault: boolean
}

export type FoundPrinter = Found & {
  /** Whole names of other printers that people may take for this one. */
  alike: string[]
  /** Why it cannot be chosen; null when it can. */
  problem: SpoolerFault | null
}

/** What one source knows. One that fails is a problem, and what the others found stands. */
export type FoundPrinters = { printers: Found[]; problems: SpoolerFault[] }

export type PrinterSources = {
  platform: NodeJS.Platform
  spooler: Spooler
  /** The program that knows the queues of CUPS. */
  lpstat: string
  /** Where Linux shows printers on a USB cable. */
  usbFolder: string
  deadlineMs: number
}

const THIS_COMPUTER: PrinterSources = {
  platform: process.platform,
  spooler: WINDOWS_SPOOLER,
  lpstat: 'lpstat',
  usbFolder: '/dev/usb',
  deadlineMs: 10_000,
}

/** Never rejects. */
export async function listPrinters(
  given: Partial<PrinterSources> = {},
): Promise<{ printers: FoundPrinter[]; problems: SpoolerFault[] }> {
  const sources = { ...THIS_COMPUTER, ...given }
  const found = await Promise.all(
    sources.platform === 'win32'
      ? [listWindows(sources)]
      : [listCups(sources.lpstat, sources.deadlineMs), listUsb(sources.usbFolder)],
  )
  const all = found.flatMap(({ printers }) => printers)
  return { printers: all.map((one) => compared(one, all)), problems: found.flatMap(({ problems }) => problems) }
}

async function listWindows({ spooler: { load, within }, deadlineMs }: PrinterSources): Promise<FoundPrinters> {
  try {
    const printers = await within(deadlineMs, async () => {
      const winspool = await load()
      const standard = await winspool.defaultPrinter()
      const queues = await winspool.list()
      return queues.map(({ name, driver, port }): Found => {
        return { transport: { kind: 'spooler', queue: name }, name, driver, port, isDefault: name === standard }
      })
    })
    return { printers, problems: [] }
  } catch (error) {
    return { printers: [], problems: [spoolerFault(error)] }
  }
}

async function listUsb(folder: string): Promise<FoundPrinters> {
  // The folder is there only while some such device is.
  const names = await readdir(folder).catch(() => [])
  const paths = names.filter((name) => /^lp\d+$/.test(name)).map((name) => join(folder, name))
  const printers = paths.map((path): Found => {
    return { transport: { kind: 'file', path }, name: path, driver: null, port: path, isDefault: false }
  })
  return { printers, problems: [] }
}

function compared(one: Found, all: readonly Found[]): FoundPrinter {
  const key = (name: string) => name.toLowerCase()
  const others = all.filter((other) => other !== one)
  const isTwice = others.some(({ name }) => key(name) === key(one.name))
  return {
    ...one,
    alike: others.filter(({ name }) => key(lastPart(name)) === key(lastPart(one.name))).map(({ name }) => name),
    problem: isTwice ? wrong(`several printers are called "${one.name}": rename one`) : unusable(one),
  }
}

function unusable({ name, transport }: Found): SpoolerFault | null {
  const isUsable = PrinterProfile.safeParse({ width: 80, transport }).success
  return isUsable ? null : wrong(`"${name}" cannot be written into a set-up: rename the printer`)
}

function wrong(detail: string): SpoolerFault {
  return { code: 'PRINTER_SETUP_WRONG', detail }
}

/** devices list | test-led | test-print | sniff: what the set-up screens do, for a technician without a window. */
import type { PrinterView, SerialPortView, TryOutcome } from '#contract/methods/devices.ts'
import { createDevices } from '#main/host/devices/create-devices.ts'
import { createDevicePanel } from '#main/host/devices/panel/panel.ts'
import { createTransport } from '#main/host/devices/printer/create-transport.ts'
import { renderDocument } from '#main/host/devices/printer/render.ts'
import type { PrintJobStore } from '#main/host/ports.ts'
import {
  type Options,
  readCommand,
  requireOnly,
  secondsAsMs,
  USAGE,
  UsageError,
} from '#main/host/set-up/command-line/arguments.ts'
import { chosenDisplay, chosenPrinter } from '#main/host/set-up/command-line/chosen-devices.ts'
import { sniff } from '#main/host/set-up/command-line/sniff.ts'
import { HINT_WORDS } from '#main/host/set-up/command-line/words.ts'
import { triedState } from '#main/host/set-up/draft.ts'
import { listDevices } from '#main/host/set-up/list-devices.ts'
import { trialPaper } from '#main/host/set-up/sample-paper.ts'
import { createTraffic } from '#main/host/set-up/traffic.ts'
import { tryDisplay } from '#main/host/set-up/try-display.ts'
import { type PrinterOutcome, tryPrinter } from '#main/host/set-up/try-printer.ts'

export type Terminal = {
  out(line: string): void
  /** Ends what goes on until it is told to end. */
  signal: AbortSignal
}

/** A display is looked at for so long unless another time is named. */
const SHOWN_MS = 5_000

const NO_JOBS: PrintJobStore = {
  next: () => null,
  beginSending() {},
  finish() {},
  settleInterrupted: () => 0,
}

/** 0: it worked; 1: the device did not do it; 2: not understood. `dataDir`: where profile.json lies unless --data says so. */
export async function runDevices(
  words: readonly string[],
  dataDir: string | null,
  terminal: Terminal,
): Promise<number> {
  try {
    const { name, options } = readCommand(words)
    const folder = options.data ?? dataDir
    if (name === 'list') return await list(options, terminal)
    if (name === 'test-led') return await testLed(options, folder, terminal)
    if (name === 'test-print') return await testPrint(options, folder, terminal)
    return await sniff(options, terminal)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    terminal.out(error.message)
    terminal.out('')
    terminal.out(USAGE)
    return 2
  }
}

async function list(options: Options, { out }: Terminal): Promise<number> {
  requireOnly(options, ['json'], 'list')
  const found = await listDevices(null)
  // A PC without CUPS has no list of its queues, and works: only one that tells of nothing at all has failed.
  const isNothingTold = new Set(found.problems.map(({ code }) => code)).size === 2 && found.printers.length === 0
  const exitCode = isNothingTold ? 1 : 0
  if (options.json) {
    out(JSON.stringify(found, null, 2))
    return exitCode
  }
  out('Port serial:')
  for (const port of found.ports) out(`  ${portLine(port)}`)
  if (found.ports.length === 0) out('  (tidak ada)')
  out('Pencetak:')
  for (const printer of found.printers) out(`  ${printerLine(printer)}`)
  if (found.printers.length === 0) out('  (tidak ada)')
  for (const { code, detail } of found.problems) out(`${code}: ${detail}`)
  return exitCode
}

function portLine({ path, maker, serialNumber, vendorId, productId }: SerialPortView): string {
  const ids = vendorId && productId ? `${vendorId}:${productId}` : null
  return [path, maker, serialNumber && `nomor seri ${serialNumber}`, ids].filter(Boolean).join('  ')
}

function printerLine({ name, kind, driver, port, isDefault }: PrinterView): string {
  return [name, `(${kind})`, driver, port, isDefault && 'bawaan'].filter(Boolean).join('  ')
}

async function testLed(options: Options, dataDir: string | null, { out, signal }: Terminal): Promise<number> {
  const profile = chosenDisplay(options, dataDir)
  const state = triedState(showOf(options))
  if (!state) throw new UsageError(`Bukan nomor antrean: ${options.number}. Contoh: A-012`)
  const shownMs = secondsAsMs(options.seconds) ?? SHOWN_MS
  let heard = false
  const traffic = createTraffic(Date.now)
  const { outcome, end } = await tryDisplay({
    state,
    heardSomething: () => heard,
    cut: signal,
    open: (onHealth) =>
      createDevices({
        displays: [profile],
        printer: null,
        saved: [],
        jobs: NO_JOBS,
        papers: () => null,
        panel: createDevicePanel(),
        clock: { now: Date.now },
        onHealth: (_, health) => onHealth(health),
        onPrintProblem() {},
        onTraffic(where, direction, bytes) {
          heard ||= direction === 'heard'
          traffic.record(where, direction, bytes)
          const { hex } = traffic.after(traffic.newest() - 1)[0] ?? { hex: '' }
          out(`${direction === 'sent' ? '→' : '←'} ${hex}`)
        },
      }),
  })
  if (outcome) tell(outcome, out)
  if (outcome?.code === null) await waited(shownMs, signal)
  await end()
  return outcome?.code === null ? 0 : 1
}

function showOf(options: Options) {
  const { show = 'number', number = 'A-012', counter = '1' } = options
  if (show !== 'number' && (options.number ?? options.counter) !== undefined) {
    throw new UsageError(`--number dan --counter tidak berlaku dengan --show ${show}.`)
  }
  if (show === 'idle' || show === 'paused' || show === 'closed') return { kind: show } as const
  if (show === 'number')
    return { kind: 'number', label: number.toUpperCase(), counterName: counter, blink: true } as const
  throw new UsageError(`--show: number, idle, paused atau closed, bukan ${show}`)
}

async function testPrint(options: Options, dataDir: string | null, { out, signal }: Terminal): Promise<number> {
  const profile = chosenPrinter(options, dataDir)
  const { paper = 'slip' } = options
  if (paper !== 'slip' && paper !== 'receipt') throw new UsageError(`--paper: slip atau receipt, bukan ${paper}`)
  const trial = trialPaper({ paper, config: null, language: 'id', now: Date.now() })
  const outcome = await new Promise<PrinterOutcome>((resolve, reject) => {
    tryPrinter(profile, createTransport(profile, []), renderDocument(trial, profile.width), resolve, signal).catch(
      reject,
    )
  })
  out(outcome.kind)
  if (outcome.paperLow) out('PRINTER_PAPER_LOW: kertas hampir habis')
  tell(outcome, out)
  return outcome.code === null ? 0 : 1
}

function tell(outcome: TryOutcome, out: Terminal['out']): void {
  out(outcome.code === null ? 'Terkirim.' : `${outcome.code}${outcome.detail ? `: ${outcome.detail}` : ''}`)
  for (const hint of outcome.hints) out(`  • ${HINT_WORDS[hint]}`)
}

function waited(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** A print worker over a transport that a test makes up; what it reported is kept. */
import { onTestFinished } from 'vitest'
import { createPrinter, type PrinterOptions, type PrintProblem } from '#main/host/devices/printer/print-worker.ts'
import type { PrinterTransport } from '#main/host/devices/printer/transport.ts'
import type { DeviceHealth } from '#main/host/ports.ts'

type StartOptions = Pick<PrinterOptions, 'jobs'> & Partial<PrinterOptions & PrinterTransport>

/** Unless told otherwise, everything is handed over and the printer is one that answers nothing. */
export function startPrinter({ send, check, ...options }: StartOptions) {
  const problems: PrintProblem[] = []
  const healths: DeviceHealth[] = []
  const printer = createPrinter({
    profile: { width: 80, transport: { kind: 'panel' } },
    papers: () => null,
    now: () => 1_000,
    onHealth: (health) => healths.push(health),
    onProblem: (problem) => problems.push(problem),
    backOff: { firstMs: 1, maxMs: 4 },
    mendPollMs: 1,
    transport: {
      send: send ?? (async () => ({ kind: 'handed_over' })),
      check: check ?? (async () => ({ kind: 'silent' })),
    },
    ...options,
  })
  printer.start()
  return { printer, problems, healths }
}

export function startAndStopLater(options: StartOptions) {
  const it = startPrinter(options)
  onTestFinished(() => it.printer.stop())
  return it
}

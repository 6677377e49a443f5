/** A counter's devices from its profile: the one place that knows which transport belongs to which set-up. */
import type { Papers } from '#contract/papers.ts'
import { displaysFrom, type OnTraffic } from '#main/host/devices/led/create-displays.ts'
import type { LedProfile } from '#main/host/devices/led/drivers.ts'
import type { DevicePanel } from '#main/host/devices/panel/panel.ts'
import { createTransport } from '#main/host/devices/printer/create-transport.ts'
import { createPrinter, type Printer, type PrintProblem } from '#main/host/devices/printer/print-worker.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { printerWhere } from '#main/host/devices/printer/where.ts'
import type { Clock, DeviceHealth, LedPort, PrinterPort, PrintJobStore } from '#main/host/ports.ts'

export type DeviceOptions = {
  displays: LedProfile[]
  /** Null: this counter has none. */
  printer: PrinterProfile | null
  /** The paths saved for all serial devices of this counter, also for those that are not opened here. */
  saved: readonly string[]
  jobs: PrintJobStore
  panel: DevicePanel
  /** The mall's own papers, as far as it has any. */
  papers(): Papers | null
  clock: Pick<Clock, 'now'>
  onHealth(device: 'led' | 'printer', health: DeviceHealth): void
  onPrintProblem(problem: PrintProblem): void
  /** What goes over the serial lines of displays; `where` is the port. */
  onTraffic: OnTraffic
}

export type Devices = {
  led: LedPort
  printer: PrinterPort
  panel: DevicePanel
  start(): void
  stop(): Promise<void>
}

export function createDevices(options: DeviceOptions): Devices {
  const { panel, onTraffic, saved } = options
  const led = displaysFrom(options.displays, {
    panel,
    onTraffic,
    saved,
    onChange: () => options.onHealth('led', led.health()),
  })
  const printer = options.printer ? printerFrom(options.printer, options, panel) : null
  return {
    led,
    printer: printer ?? { wake() {}, health: () => ({ state: 'absent' }), where: () => null },
    panel,
    start() {
      led.start()
      printer?.start()
    },
    async stop() {
      await Promise.all([led.stop(), printer?.stop()])
    },
  }
}

function printerFrom(profile: PrinterProfile, options: DeviceOptions, panel: DevicePanel): Printer & PrinterPort {
  const transport = createTransport(profile, options.saved)
  const printer = createPrinter({
    profile,
    jobs: options.jobs,
    transport,
    papers: options.papers,
    now: () => options.clock.now(),
    onHealth: (health) => options.onHealth('printer', health),
    onProblem: options.onPrintProblem,
  })
  printer.onPrinted((job) => panel.printed(job, profile.width))
  return { ...printer, where: () => transport.where?.() ?? printerWhere(profile) }
}

/** The paths that a profile has saved for its serial devices. */
export function serialPaths({ displays, printer }: Pick<DeviceOptions, 'displays' | 'printer'>): string[] {
  return [...displays, ...(printer ? [printer] : [])].flatMap(({ transport }) =>
    transport.kind === 'serial' ? [transport.path] : [],
  )
}

/** A counter's devices from its profile: the one place that knows which transport belongs to which set-up. */
import type { Papers } from '#contract/papers.ts'
import { type LedProfile, ledDriver } from '#main/host/devices/led/drivers.ts'
import { createLed, type Led } from '#main/host/devices/led/led-supervisor.ts'
import { createMockLinePair } from '#main/host/devices/led/mock-line.ts'
import { createSerialPortLine } from '#main/host/devices/led/serial-line.ts'
import { createDevicePanel, type DevicePanel } from '#main/host/devices/panel/panel.ts'
import { createTransport } from '#main/host/devices/printer/create-transport.ts'
import { createPrinter, type Printer, type PrintProblem } from '#main/host/devices/printer/print-worker.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import type { Clock, DeviceHealth, LedPort, PrinterPort, PrintJobStore } from '#main/host/ports.ts'

export type DeviceOptions = {
  /** Null: this counter has no such device. */
  led: LedProfile | null
  printer: PrinterProfile | null
  jobs: PrintJobStore
  /** The mall's own papers, as far as it has any. */
  papers(): Papers | null
  clock: Pick<Clock, 'now'>
  onHealth(device: 'led' | 'printer', health: DeviceHealth): void
  onPrintProblem(problem: PrintProblem): void
}

export type Devices = {
  led: LedPort
  printer: PrinterPort
  panel: DevicePanel
  start(): void
  stop(): Promise<void>
}

export function createDevices(options: DeviceOptions): Devices {
  const panel = createDevicePanel()
  const led = options.led ? ledFrom(options.led, options, panel) : null
  const printer = options.printer ? printerFrom(options.printer, options, panel) : null
  return {
    led: led ?? { show() {}, health: () => ({ state: 'absent' }) },
    printer: printer ?? { wake() {}, health: () => ({ state: 'absent' }) },
    panel,
    start() {
      led?.start()
      printer?.start()
    },
    async stop() {
      await Promise.all([led?.stop(), printer?.stop()])
    },
  }
}

function ledFrom(profile: LedProfile, options: DeviceOptions, panel: DevicePanel): Led {
  const driver = ledDriver(profile.driver)
  const { transport } = profile
  const atDisplay = (bytes: Uint8Array) => panel.ledFrame(profile.driver, bytes, profile.params)
  const connect =
    transport.kind === 'panel'
      ? createMockLinePair(driver.serial, atDisplay).connect
      : () => createSerialPortLine({ path: transport.path, settings: transport.settings ?? driver.serial })
  return createLed({
    driver,
    params: profile.params,
    connect,
    onHealth: (health) => options.onHealth('led', health),
  })
}

function printerFrom(profile: PrinterProfile, options: DeviceOptions, panel: DevicePanel): Printer {
  const printer = createPrinter({
    profile,
    jobs: options.jobs,
    transport: createTransport(profile),
    papers: options.papers,
    now: () => options.clock.now(),
    onHealth: (health) => options.onHealth('printer', health),
    onProblem: options.onPrintProblem,
  })
  printer.onPrinted((job) => panel.printed(job))
  return printer
}

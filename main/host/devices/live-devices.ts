/**
 * The devices of the profile in force, which may change while the desk works: another set-up takes their place, or a try
 * borrows them for a moment. Changes happen one after the other; meanwhile calls go on, and the newest state is shown after it.
 */
import type { LedState } from '#main/host/device-documents.ts'
import { createDevices, type DeviceOptions, type Devices } from '#main/host/devices/create-devices.ts'
import type { LedProfile } from '#main/host/devices/led/drivers.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import type { DeviceHealth, LedPort, PrinterPort } from '#main/host/ports.ts'

export type DeviceKind = 'led' | 'printer'

export type LiveDevices = {
  led: LedPort
  printer: PrinterPort
  start(): void
  /** In force when it resolves; what hung on the old set-up was closed in order. */
  use(displays: LedProfile[], printer: PrinterProfile | null): Promise<void>
  /** Closes one kind of device while `work` runs, so that it may open the same port. Its result is work's. */
  without<T>(kind: DeviceKind, work: () => Promise<T>): Promise<T>
  /** Waits for a change on its way; none begins after it. */
  stop(): Promise<void>
}

export function createLiveDevices(options: DeviceOptions): LiveDevices {
  const { onHealth } = options
  let { displays, printer } = options
  let newest: LedState | null = null
  let stopped = false
  let last: Promise<unknown> = Promise.resolve()
  const open: Record<DeviceKind, Devices | null> = { led: null, printer: null }

  function openOne(kind: DeviceKind): void {
    const own = kind === 'led' ? { displays, printer: null } : { displays: [], printer }
    const devices = createDevices({ ...options, ...own })
    open[kind] = devices
    if (kind === 'led' && newest) devices.led.show(newest)
    devices.start()
    onHealth(kind, devices[kind].health())
  }

  async function closeOne(kind: DeviceKind): Promise<void> {
    const devices = open[kind]
    open[kind] = null
    await devices?.stop()
    if (kind === 'led') options.panel.forgetDisplays()
  }

  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = last.then(change)
    last = turn.catch(() => {})
    return turn
  }

  const health = (kind: DeviceKind): DeviceHealth => {
    const isWanted = kind === 'led' ? displays.length > 0 : printer !== null
    return open[kind]?.[kind].health() ?? { state: isWanted ? 'connecting' : 'absent' }
  }

  return {
    led: {
      show(state) {
        newest = state
        open.led?.led.show(state)
      },
      health: () => health('led'),
      where: () => open.led?.led.where() ?? null,
    },
    printer: {
      wake: () => open.printer?.printer.wake(),
      health: () => health('printer'),
      where: () => open.printer?.printer.where() ?? null,
    },
    start() {
      openOne('led')
      openOne('printer')
    },
    use: (nextDisplays, nextPrinter) =>
      inTurn(async () => {
        await Promise.all([closeOne('led'), closeOne('printer')])
        displays = nextDisplays
        printer = nextPrinter
        if (stopped) return
        openOne('led')
        openOne('printer')
      }),
    without: (kind, work) =>
      inTurn(async () => {
        await closeOne(kind)
        try {
          return await work()
        } finally {
          if (!stopped) openOne(kind)
        }
      }),
    async stop() {
      stopped = true
      await last
      await Promise.all([closeOne('led'), closeOne('printer')])
    },
  }
}

/**
 * The devices of the profile in force, which may change while the desk works: another set-up takes their place, or a try
 * borrows them for a moment. Changes happen one after the other; meanwhile calls go on, and the newest state is shown after it.
 */
import { isDeepStrictEqual } from 'node:util'
import type { LedState } from '#main/host/device-documents.ts'
import { createDevices, type DeviceOptions, type Devices, serialPaths } from '#main/host/devices/create-devices.ts'
import type { LedProfile } from '#main/host/devices/led/drivers.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import type { DeviceHealth, LedPort, PrinterPort } from '#main/host/ports.ts'

export type DeviceKind = 'led' | 'printer'
const KINDS = ['led', 'printer'] as const

type Setup = { displays: LedProfile[]; printer: PrinterProfile | null }

export type LiveDevices = {
  led: LedPort
  printer: PrinterPort
  /** The paths saved for the serial devices of the set-up in force. */
  saved(): readonly string[]
  start(): void
  /** In force when it resolves. What does not change goes on undisturbed; a try on its way is cut short. */
  use(setup: Setup): Promise<void>
  /**
   * Closes these kinds of device while `work` runs, so that it may open the same ports; `cut` is aborted when it is to end.
   * False when it was cut short before it began. Rejects with what work threw.
   */
  without(kinds: readonly DeviceKind[], work: (cut: AbortSignal) => Promise<void>): Promise<boolean>
  /** Cuts a try short and closes everything; nothing begins after it. */
  stop(): Promise<void>
}

export function createLiveDevices(options: Omit<DeviceOptions, 'saved'>): LiveDevices {
  const { onHealth, panel } = options
  let setup: Setup = { displays: options.displays, printer: options.printer }
  let newest: LedState | null = null
  /** The newest state came while no display was open: it is shown as new, a call blinks. */
  let isUnseen = false
  let stopped = false
  let last: Promise<unknown> = Promise.resolve()
  const tries = new Set<AbortController>()
  const open: Record<DeviceKind, Devices | null> = { led: null, printer: null }

  function openOne(kind: DeviceKind): void {
    const own = kind === 'led' ? { ...setup, printer: null } : { ...setup, displays: [] }
    if (kind === 'led') panel.forgetDisplays()
    const devices = createDevices({ ...options, ...own, saved: serialPaths(setup) })
    open[kind] = devices
    if (kind === 'led' && newest) devices.led.show(isUnseen ? newest : calm(newest))
    devices.start()
    onHealth(kind, devices[kind].health())
  }

  async function closeOne(kind: DeviceKind): Promise<void> {
    const devices = open[kind]
    open[kind] = null
    if (kind === 'led') isUnseen = false
    await devices?.stop()
  }

  /** Each change waits for what was begun before it. */
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = last.then(change)
    last = turn.catch(() => {})
    return turn
  }

  function cutTriesShort(): void {
    for (const one of tries) one.abort()
  }

  const isWanted = (kind: DeviceKind) => (kind === 'led' ? setup.displays.length > 0 : setup.printer !== null)
  const health = (kind: DeviceKind): DeviceHealth =>
    open[kind]?.[kind].health() ?? { state: isWanted(kind) ? 'connecting' : 'absent' }

  return {
    saved: () => serialPaths(setup),
    led: {
      show(state) {
        newest = state
        isUnseen = open.led === null
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
      for (const kind of KINDS) openOne(kind)
    },
    use(next) {
      cutTriesShort()
      return inTurn(async () => {
        if (stopped) return
        // Which port belongs to whom matters to every device that is found by its adapter.
        const isMoved = !isDeepStrictEqual(serialPaths(next), serialPaths(setup))
        const isSame = (kind: DeviceKind) => isDeepStrictEqual(partOf(next, kind), partOf(setup, kind))
        const changed = KINDS.filter((kind) => isMoved || !isSame(kind))
        await Promise.all(changed.map(closeOne))
        setup = next
        for (const kind of changed) if (!stopped) openOne(kind)
      })
    },
    without(kinds, work) {
      const cut = new AbortController()
      tries.add(cut)
      return inTurn(async () => {
        if (stopped || cut.signal.aborted) return false
        await Promise.all(kinds.map(closeOne))
        try {
          await work(cut.signal)
          return true
        } finally {
          for (const kind of kinds) if (!stopped) openOne(kind)
        }
      }).finally(() => tries.delete(cut))
    },
    async stop() {
      stopped = true
      cutTriesShort()
      await Promise.all([last, ...KINDS.map(closeOne)])
    },
  }
}

function partOf({ displays, printer }: Setup, kind: DeviceKind): unknown {
  return kind === 'led' ? displays : printer
}

function calm(state: LedState): LedState {
  return state.kind === 'number' ? { ...state, blink: false } : state
}

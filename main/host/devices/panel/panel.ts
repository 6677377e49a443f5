/** What the devices of this counter show and print, for the screen of a laptop that has neither. Plain data, no bytes kept. */
import { type LedDriverId, ledDriver } from '#main/host/devices/led/drivers.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { EscPosError, readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import { COLUMNS, fold, type PaperWidth } from '#main/host/devices/printer/paper-width.ts'
import type { PrintedJob } from '#main/host/devices/printer/print-worker.ts'
import { type ShownPaper, shownPaper } from '#main/host/devices/printer/shown-paper.ts'

const PRINTS_KEPT = 10

export type DevicePanelSnapshot = {
  /** Those that have shown anything. `hex` is the last frame, for the technician. */
  displays: { driver: string; shown: string; hex: string }[]
  /** Newest first. */
  prints: ({ id: string; at: number } & ShownPaper)[]
}

export type DevicePanel = {
  /** `params` as in the profile: what the bytes show depends on them. What is returned takes the bytes that the display gets. */
  addDisplay(driver: LedDriverId, params: unknown): (bytes: Uint8Array) => void
  /** The displays are not those of before: others come. */
  forgetDisplays(): void
  printed(job: PrintedJob, width: PaperWidth): void
  snapshot(): DevicePanelSnapshot
  /** The returned function ends it. */
  onChange(listener: (snapshot: DevicePanelSnapshot) => void): () => void
}

export function createDevicePanel(): DevicePanel {
  const listeners = new Set<(snapshot: DevicePanelSnapshot) => void>()
  /** In the order of the profile. */
  let displays: (DevicePanelSnapshot['displays'][number] | null)[] = []
  let snapshot: DevicePanelSnapshot = { displays: [], prints: [] }

  function change(part: Partial<DevicePanelSnapshot>): void {
    snapshot = { ...snapshot, ...part }
    for (const listener of listeners) listener(snapshot)
  }

  return {
    addDisplay(driver, params) {
      const reader = createDisplayReader(driver, params)
      const mine = displays
      const index = mine.push(null) - 1
      return (bytes) => {
        reader.feed(bytes)
        if (mine !== displays) return
        const hex = Buffer.from(bytes).toString('hex')
        displays[index] = { driver: ledDriver(driver).name, shown: reader.shown(), hex }
        change({ displays: displays.filter((display) => display !== null) })
      }
    },
    forgetDisplays() {
      displays = []
      change({ displays: [] })
    },
    printed({ id, at, bytes }, width) {
      change({ prints: [{ id, at, ...readOrExplain(bytes, width) }, ...snapshot.prints].slice(0, PRINTS_KEPT) })
    },
    snapshot: () => snapshot,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A job kept from an older version may hold commands this reader does not know: say so on the paper. */
function readOrExplain(bytes: Uint8Array, width: PaperWidth): ShownPaper {
  try {
    return shownPaper(readEscPos(bytes), width)
  } catch (error) {
    if (!(error instanceof EscPosError)) throw error
    const plain = { align: 'left', bold: false, width: 1, height: 1 } as const
    const columns = COLUMNS[width]
    return { columns, lines: fold(error.message, columns).map((text) => ({ text, ...plain })), qr: [], images: [] }
  }
}

/** What the devices of this counter show and print, for the screen of a laptop that has neither. Plain data, no bytes kept. */
import { type LedDriverId, ledDriver } from '#main/host/devices/led/drivers.ts'
import { createDisplayReader, type DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { EscPosError, readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import type { PrintedJob } from '#main/host/devices/printer/print-worker.ts'
import { type ShownPaper, shownPaper } from '#main/host/devices/printer/shown-paper.ts'

const PRINTS_KEPT = 10

export type DevicePanelSnapshot = {
  /** `hex` is the last frame, for the technician. Null until the first one. */
  led: { driver: string; shown: string; hex: string } | null
  /** Newest first. */
  prints: ({ id: string; at: number } & ShownPaper)[]
}

export type DevicePanel = {
  /** `params` as in the profile: what the bytes show depends on them. */
  ledFrame(driver: LedDriverId, bytes: Uint8Array, params?: unknown): void
  printed(job: PrintedJob): void
  snapshot(): DevicePanelSnapshot
  /** The returned function ends it. */
  onChange(listener: (snapshot: DevicePanelSnapshot) => void): () => void
}

export function createDevicePanel(): DevicePanel {
  const listeners = new Set<(snapshot: DevicePanelSnapshot) => void>()
  const readers = new Map<LedDriverId, DisplayReader>()
  let snapshot: DevicePanelSnapshot = { led: null, prints: [] }

  function change(part: Partial<DevicePanelSnapshot>): void {
    snapshot = { ...snapshot, ...part }
    for (const listener of listeners) listener(snapshot)
  }

  return {
    ledFrame(driver, bytes, params = {}) {
      const reader = readers.get(driver) ?? createDisplayReader(driver, params)
      readers.set(driver, reader)
      reader.feed(bytes)
      const hex = Buffer.from(bytes).toString('hex')
      change({ led: { driver: ledDriver(driver).name, shown: reader.shown(), hex } })
    },
    printed({ id, at, bytes }) {
      change({ prints: [{ id, at, ...readOrExplain(bytes) }, ...snapshot.prints].slice(0, PRINTS_KEPT) })
    },
    snapshot: () => snapshot,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** A job kept from an older version may hold commands this reader does not know: say so on the paper. */
function readOrExplain(bytes: Uint8Array): ShownPaper {
  try {
    return shownPaper(readEscPos(bytes))
  } catch (error) {
    if (!(error instanceof EscPosError)) throw error
    const line = { text: error.message, align: 'left', bold: false, width: 1, height: 1 } as const
    return { lines: [line], qr: [], images: [] }
  }
}

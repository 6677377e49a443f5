/** The laptop's paper is the device panel: what it can read has been printed. */
import { EscPosError, readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import type { PrinterTransport } from '#main/host/devices/printer/transport.ts'

export function createPanelTransport(): PrinterTransport {
  return {
    async send(bytes) {
      try {
        readEscPos(bytes)
        return { kind: 'confirmed' }
      } catch (error) {
        if (!(error instanceof EscPosError)) throw error
        return { kind: 'unknown', code: 'PRINTER_CUT_OFF', detail: error.message }
      }
    },
    check: async () => ({ kind: 'silent' }),
  }
}

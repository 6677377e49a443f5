/** The laptop's paper is the device panel: what it can read has been printed. */
import { EscPosError, readEscPos } from '#main/host/devices/printer/escpos-reader.ts'
import type { SendOutcome } from '#main/host/ports.ts'

export async function sendToPanel(bytes: Uint8Array): Promise<SendOutcome> {
  try {
    readEscPos(bytes)
    return { kind: 'confirmed' }
  } catch (error) {
    if (!(error instanceof EscPosError)) throw error
    return { kind: 'unknown', code: 'PRINTER_CUT_OFF', detail: error.message }
  }
}

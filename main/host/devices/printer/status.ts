/**
 * What an ESC/POS printer says of itself, as bytes. Layouts: Epson ESC/POS command reference, "DLE EOT n" (answered at once,
 * also by a printer that is offline), "GS r n" (answered in its turn, when everything sent before it was processed) and
 * "GS a n" (automatic status, which some printers send unasked).
 */
import type { DeviceFailure } from '#main/host/ports.ts'

/** DLE EOT 1, 2 and 4: printer, cause of being offline, roll paper sensors. */
export const STATUS_REQUESTS = [1, 2, 4].map((n) => Uint8Array.of(0x10, 0x04, n))
/** GS r 1: the paper sensors, after all data before it. */
export const PROCESSED_REQUEST = Uint8Array.of(0x1d, 0x72, 0x01)

export type PrinterBlock = Extract<DeviceFailure, 'PRINTER_COVER_OPEN' | 'PRINTER_PAPER_OUT' | 'PRINTER_OFFLINE'>

export type PrinterCondition = {
  /** What keeps it from printing; `detail` is for IT. */
  blocked: { code: PrinterBlock; detail: string } | null
  /** The roll is near its end: a hint, printing goes on. */
  paperLow: boolean
}

/** From the three answers to STATUS_REQUESTS, in their order. What a person mends first is named first. */
export function conditionOf(answers: readonly [printer: number, cause: number, paper: number]): PrinterCondition {
  const [printer, cause, paper] = answers
  const detail = Buffer.from(answers).toString('hex')
  const code = blockIn(printer, cause, paper)
  return { blocked: code && { code, detail: `DLE EOT ${detail}` }, paperLow: (paper & 0x0c) !== 0 }
}

function blockIn(printer: number, cause: number, paper: number): PrinterBlock | null {
  if (cause & 0x04) return 'PRINTER_COVER_OPEN'
  if (cause & 0x20 || paper & 0x60) return 'PRINTER_PAPER_OUT'
  // Error (cutter, overheated head) or offline for another reason.
  if (cause & 0x40 || printer & 0x08) return 'PRINTER_OFFLINE'
  return null
}

export type PrinterReply =
  /** Answer to a DLE EOT. */
  | { kind: 'status'; byte: number }
  /** Answer to a GS r 1. */
  | { kind: 'processed'; paperPresent: boolean }
  /** A byte that no printer of this kind sends. */
  | { kind: 'garbage'; byte: number }

/** Gives the replies in what a printer sent, in any pieces. One reader per connection. */
export function createReplyReader(): (bytes: Uint8Array) => PrinterReply[] {
  let automaticLeft = 0

  /** The fixed bits of each kind of byte tell them apart. */
  function replyIn(byte: number): PrinterReply | null {
    // The second to fourth byte of an automatic status look like answers to GS r.
    if (automaticLeft > 0 && (byte & 0x90) === 0x00) {
      automaticLeft--
      return null
    }
    automaticLeft = 0
    if ((byte & 0x93) === 0x12) return { kind: 'status', byte }
    // XON and XOFF of serial flow control.
    if (byte === 0x11 || byte === 0x13) return null
    if ((byte & 0x93) === 0x10) {
      automaticLeft = 3
      return null
    }
    // Near-end in bits 0-1, end in bits 2-3; each sensor sets both of its bits or none.
    if ([0x00, 0x03, 0x0c, 0x0f].includes(byte)) return { kind: 'processed', paperPresent: (byte & 0x0c) === 0 }
    return { kind: 'garbage', byte }
  }

  return (bytes) => Array.from(bytes, replyIn).filter((reply) => reply !== null)
}

/** What the program in Wine saw, for the program outside to judge. */
import type { FoundPrinter } from '#main/host/devices/printer/list-printers.ts'
import type { PrinterCondition } from '#main/host/devices/printer/status.ts'
import type { CheckResult } from '#main/host/devices/printer/transport.ts'
import type { JobState, QueueState } from '#main/host/devices/printer/windows/winspool.ts'
import type { SendOutcome } from '#main/host/ports.ts'

export type Task = {
  /** Files with the bytes to send: they are compared where they arrive. */
  receipt: string
  allBytes: string
  serialPort: string
}

/** An error of the program itself instead of an answer. */
export type Answer<T> = { answer: T } | { error: string }

export type Seen = {
  system: Answer<string>
  printers: Answer<{ printers: FoundPrinter[]; problems: unknown[] }>
  queue: Answer<QueueState & { driver: { version: number; attributes: number } }>
  receipt: Answer<{ outcome: SendOutcome; told: PrinterCondition[] }>
  allBytes: Answer<SendOutcome>
  check: Answer<CheckResult>
  missing: Answer<SendOutcome>
  /** A document before its end, which comes right after. */
  open: Answer<JobState>
  /** What came back over the COM port, hexadecimal. */
  serial: Answer<{ received: string }>
}

export const QUEUE = 'STRUK'
export const MISSING_QUEUE = 'TIDAK-ADA'
/** What the far end of the COM port says when it has the receipt. Wine holds a single byte back until another one comes. */
export const SERIAL_REPLY = Uint8Array.from({ length: 256 }, (_, index) => index)

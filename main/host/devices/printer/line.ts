/** One open two-way connection to a printer, made to be used for one job or one question and thrown away. */
import type { DeviceFailure } from '#main/host/ports.ts'

export class LineFault extends Error {
  readonly code: DeviceFailure

  constructor(code: DeviceFailure, detail: string) {
    super(detail)
    this.code = code
  }
}

export type PrinterLine = {
  /** Resolves when the system took the bytes; stays pending as long as the printer takes none. Rejects with a LineFault. */
  write(bytes: Uint8Array): Promise<void>
  onBytes(listener: (bytes: Uint8Array) => void): void
  /** Resolves when the line broke, or null when the printer closed it in order. Pending as long as it is open. */
  over: Promise<LineFault | null>
  /**
   * The orderly end after the last byte: resolves when every byte has left for the printer and, where the transport can tell,
   * the printer closed its side, too. Rejects with a LineFault.
   */
  finish(): Promise<void>
  /**
   * The end at once, from any state; resolves when another line can be opened, and never rejects. What has not left yet is
   * discarded where that is possible.
   */
  drop(): Promise<void>
}

/** Waits for `work` until the line breaks or `ms` are over; both reject with a LineFault. */
export async function within<T>(line: PrinterLine, ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const fault = new LineFault('PRINTER_TIMEOUT', `not done within ${Math.round(ms)} ms`)
    timer = setTimeout(() => reject(fault), Math.max(0, ms))
  })
  const broken = line.over.then((fault) => {
    throw fault ?? new LineFault('PRINTER_CUT_OFF', 'closed by the printer')
  })
  // Whichever loses the race must not count as an unhandled rejection.
  for (const loser of [work, broken]) loser.catch(() => {})
  try {
    return await Promise.race([work, broken, late])
  } finally {
    clearTimeout(timer)
  }
}

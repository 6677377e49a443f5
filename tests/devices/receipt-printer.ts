/**
 * A receipt printer as far as its line can tell: takes bytes, prints them in order while it can, and answers DLE EOT at once
 * and GS r in its turn (Epson ESC/POS command reference). It knows nothing of the program that prints.
 */

/** What one connection put on paper. */
export type Sheet = { printed: number[] }

export type Answers =
  | 'all'
  /** DLE EOT, but never GS r. */
  | 'real-time only'
  /** As many cheap printers. */
  | 'nothing'
  /** Something, but no status. */
  | 'garbage'

export type ReceiptPrinter = {
  answers: Answers
  coverOpen: boolean
  /** Cutter jam or overheated head. */
  error: boolean
  paperLow: boolean
  /** Bytes until the roll ends. */
  paperLeft: number
  /** Prints what it still holds, after a state was changed. */
  goOn(): void
  /** A new connection: feed() takes what arrives, `reply` sends back. */
  connect(reply: (bytes: Uint8Array) => void): { feed(bytes: Uint8Array): void }
  sheets: Sheet[]
}

type Held = { sheet: Sheet; byte: number } | { sheet: Sheet; question: number; reply: (bytes: Uint8Array) => void }

export function createReceiptPrinter(): ReceiptPrinter {
  const held: Held[] = []

  function printHeld(): void {
    let done = 0
    for (const next of held) {
      if (printer.coverOpen || printer.error || printer.paperLeft <= 0) break
      done += 1
      if ('byte' in next) {
        next.sheet.printed.push(next.byte)
        printer.paperLeft--
      } else if (printer.answers === 'all') next.reply(Uint8Array.of(printer.paperLow ? 0x03 : 0x00))
    }
    held.splice(0, done)
  }

  function realTimeAnswer(n: number): Uint8Array | null {
    if (printer.answers === 'nothing') return null
    if (printer.answers === 'garbage') return Buffer.from('ERR?')
    const paperOut = printer.paperLeft <= 0
    const offline = printer.coverOpen || printer.error || paperOut
    const bits: Record<number, number> = {
      1: offline ? 0x08 : 0,
      2: (printer.coverOpen ? 0x04 : 0) | (paperOut ? 0x20 : 0) | (printer.error ? 0x40 : 0),
      3: 0,
      4: (printer.paperLow || paperOut ? 0x0c : 0) | (paperOut ? 0x60 : 0),
    }
    return Uint8Array.of(0x12 | (bits[n] ?? 0))
  }

  function connect(reply: (bytes: Uint8Array) => void) {
    const sheet: Sheet = { printed: [] }
    printer.sheets.push(sheet)
    let begun: number[] = []
    const hold = (byte: number) => held.push({ sheet, byte })

    function take(byte: number): void {
      if (begun.length === 0 && byte !== 0x10 && byte !== 0x1d) {
        hold(byte)
        return
      }
      begun.push(byte)
      const [first, second, third] = begun
      if (first === 0x10 && second === 0x04 && third !== undefined) {
        const answer = realTimeAnswer(third)
        if (answer) reply(answer)
        begun = []
      } else if (first === 0x1d && second === 0x72 && third !== undefined) {
        held.push({ sheet, question: third, reply })
        begun = []
      } else if (!isQuestionBegun(begun)) {
        begun.forEach(hold)
        begun = []
      }
    }

    return {
      feed(bytes: Uint8Array) {
        bytes.forEach(take)
        printHeld()
      },
    }
  }

  const printer: ReceiptPrinter = {
    answers: 'all',
    coverOpen: false,
    error: false,
    paperLow: false,
    paperLeft: Number.POSITIVE_INFINITY,
    goOn: printHeld,
    connect,
    sheets: [],
  }
  return printer
}

/** Of what begins with DLE or GS. */
function isQuestionBegun([first, second, third]: number[]): boolean {
  return third === undefined && (second === undefined || second === (first === 0x10 ? 0x04 : 0x72))
}

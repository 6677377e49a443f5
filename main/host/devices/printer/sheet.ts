/**
 * A sheet of paper being written, ESC/POS. node-thermal-printer builds the bytes; lines are folded here, because its own
 * folding drops blank lines, ignores enlarged characters and lets two columns run over the edge.
 */
import { CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer'
import { toAscii } from '#main/host/devices/ascii.ts'

export type PaperWidth = 58 | 80

/** Font A is 12 dots wide; 58 mm paper has 384 printable dots, 80 mm has 576. */
const COLUMNS: Record<PaperWidth, number> = { 58: 32, 80: 48 }

/**
 * Dots per QR module. At correction level M, 500 bytes need a symbol of 85 modules (ISO/IEC 18004, version 17): 340 dots on
 * 58 mm paper, so that it fits with its quiet zone.
 */
const QR_MODULE_DOTS: Record<PaperWidth, number> = { 58: 4, 80: 5 }
const QR_LONGEST_BYTES = 500

/** ESC @: nothing of an earlier job's style is left. */
const INITIALISE = Buffer.from([0x1b, 0x40])

/** Printers enlarge up to eight times; six keeps a short number from filling the slip. */
const LARGEST = 6

export type Sheet = {
  centered(text: string, style?: { bold: boolean }): void
  /** As large as fits on one line. */
  huge(text: string): void
  left(text: string): void
  /** One of a list: "- text", its further lines under the text. */
  item(text: string): void
  /** "label      value", or the value below its label when both do not fit on one line. */
  pair(label: string, value: string): void
  rule(): void
  blank(): void
  /** Throws when the text is too long for the paper. */
  qr(text: string): void
  /** Feeds, cuts and gives the bytes of the whole job. */
  finish(): Uint8Array
}

export function createSheet(width: PaperWidth): Sheet {
  const columns = COLUMNS[width]
  // No interface: the builder's transports lose and repeat jobs, its bytes are sent by our own.
  const printer = new ThermalPrinter({ type: PrinterTypes.EPSON, interface: '', width: columns })
  printer.append(INITIALISE)
  printer.setCharacterSet(CharacterSet.PC437_USA)

  const line = (text: string) => printer.append(`${text}\n`)
  const lines = (text: string, atMost = columns) => fold(toAscii(text), atMost).forEach(line)

  return {
    centered(text, style) {
      printer.alignCenter()
      if (style?.bold) printer.bold(true)
      lines(text)
      if (style?.bold) printer.bold(false)
      printer.alignLeft()
    },
    huge(text) {
      const times = Math.max(1, Math.min(LARGEST, Math.floor(columns / Math.max(1, toAscii(text).length))))
      printer.alignCenter()
      // Equal both ways: the builder swaps height and width for Epson.
      printer.setTextSize(times - 1, times - 1)
      lines(text, Math.floor(columns / times))
      printer.setTextSize(0, 0)
      printer.alignLeft()
    },
    left: (text) => lines(text),
    item(text) {
      fold(toAscii(text), columns - 2).forEach((part, n) => {
        line(`${n === 0 ? '- ' : '  '}${part}`)
      })
    },
    pair(label, value) {
      const [name, content] = [toAscii(label), toAscii(value)]
      const space = columns - name.length - content.length
      if (space >= 1) line(name + ' '.repeat(space) + content)
      else {
        lines(`${name}:`)
        for (const part of fold(content, columns - 2)) line(`  ${part}`)
      }
    },
    rule: () => line('-'.repeat(columns)),
    blank: () => line(''),
    qr(text) {
      const data = Buffer.from(text, 'utf8')
      if (data.length > QR_LONGEST_BYTES) throw new Error(`QR text of ${data.length} bytes is too long`)
      printer.alignCenter()
      // Bytes instead of a string: the builder announces the length of what it gets, and a string's length is characters.
      printer.printQR(data as unknown as string, { cellSize: QR_MODULE_DOTS[width], correction: 'M', model: 2 })
      line('')
      printer.alignLeft()
    },
    finish() {
      line('')
      printer.cut({ verticalTabAmount: 1 })
      return Uint8Array.from(printer.getBuffer())
    },
  }
}

/** Breaks at spaces; a word longer than the line is broken anywhere. A text of nothing is one empty line. */
export function fold(text: string, columns: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const word of text.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`
    if (joined.length <= columns) {
      current = joined
      continue
    }
    if (current !== '') lines.push(current)
    current = word
    while (current.length > columns) {
      lines.push(current.slice(0, columns))
      current = current.slice(columns)
    }
  }
  return [...lines, current]
}

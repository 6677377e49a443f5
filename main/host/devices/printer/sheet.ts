/**
 * A sheet of paper being written, ESC/POS. node-thermal-printer builds the bytes; lines are folded here, because its own
 * folding drops blank lines, ignores enlarged characters and lets two columns run over the edge.
 */
import { CharacterSet, PrinterTypes, ThermalPrinter } from 'node-thermal-printer'
import { toAscii } from '#main/host/devices/ascii.ts'
import type { Raster } from '#main/host/devices/printer/logo.ts'
import { COLUMNS, fold, type PaperWidth } from '#main/host/devices/printer/paper-width.ts'

/**
 * Dots per QR module. At correction level M, 500 bytes need a symbol of 85 modules (ISO/IEC 18004, version 17): 340 dots on
 * 58 mm paper, so that it fits with its quiet zone.
 */
const QR_MODULE_DOTS: Record<PaperWidth, number> = { 58: 4, 80: 5 }
const QR_LONGEST_BYTES = 500

/** ESC @: nothing of an earlier job's style is left. */
const INITIALISE = Buffer.from([0x1b, 0x40])

/**
 * Rows of dots in one GS v 0: a printer prints what it has before the next ones come, so that a small buffer is enough. The
 * builder's own picture command sends all rows at once, and takes a file or an encoded picture.
 */
const BAND_ROWS = 64

/** Printers enlarge up to eight times; six keeps a short number from filling the slip. */
const LARGEST = 6

export type WordStyle = { align: 'left' | 'center' | 'right'; bold: boolean; large: boolean }

export type Sheet = {
  centered(text: string, style?: { bold: boolean }): void
  /** As large as fits on one line. */
  huge(text: string): void
  left(text: string): void
  /** A mall's own words. */
  words(text: string, style: WordStyle): void
  picture(raster: Raster): void
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
  const columns: number = COLUMNS[width]
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
    words(text, { align, bold, large }) {
      if (align === 'center') printer.alignCenter()
      if (align === 'right') printer.alignRight()
      if (bold) printer.bold(true)
      if (large) printer.setTextSize(1, 1)
      lines(text, large ? columns / 2 : columns)
      if (large) printer.setTextSize(0, 0)
      if (bold) printer.bold(false)
      if (align !== 'left') printer.alignLeft()
    },
    picture({ width: dots, height, bits }) {
      const rowBytes = Math.ceil(dots / 8)
      printer.alignCenter()
      for (let row = 0; row < height; row += BAND_ROWS) {
        const rows = Math.min(BAND_ROWS, height - row)
        printer.append(Buffer.from([0x1d, 0x76, 0x30, 0x00, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8]))
        printer.append(Buffer.from(bits.subarray(row * rowBytes, (row + rows) * rowBytes)))
      }
      // What follows stands clear of it.
      line('')
      printer.alignLeft()
    },
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

/**
 * What comes out of a printer, as a picture. Written from the ESC/POS command reference alone and apart from the product's own
 * reader, so that a mistake in both has to be made twice. Every command and character that it does not know is refused.
 */
import type { PNG } from 'pngjs'
import qrcode from 'qrcode-generator'
import { createDots } from '#tests/devices/picture/dots.ts'
import { glyph } from '#tests/devices/picture/font.ts'

const PRINTABLE = { 58: 384, 80: 576 } as const
/** Font A. A dot of our characters is two dots of the printer. */
const CELL = { width: 12, height: 24 }
const GLYPH = { left: 1, top: 3, dot: 2 }
const LINE_FEED = 30

type Style = { align: 0 | 1 | 2; bold: boolean; width: number; height: number }
type Qr = { moduleDots: number; correction: 'L' | 'M' | 'Q' | 'H' | null; data: Buffer }

const PLAIN: Style = { align: 0, bold: false, width: 1, height: 1 }

export function paperPicture(job: Uint8Array, paper: keyof typeof PRINTABLE): PNG {
  const bytes = Buffer.from(job)
  const columns = PRINTABLE[paper]
  const dots = createDots(columns)
  let y = 0
  let style = PLAIN
  let line: { character: string; style: Style }[] = []
  let qr: Qr = { moduleDots: 3, correction: null, data: Buffer.alloc(0) }
  let at = 0

  function refuse(): never {
    throw new Error(`no such command in this job: ${bytes.subarray(at, at + 8).toString('hex')} at ${at}`)
  }

  /** The leftmost dot of something that wide. */
  function leftOf(width: number, align: Style['align']): number {
    if (width > columns) throw new Error(`${width} dots run over the edge of ${columns}`)
    return [0, Math.floor((columns - width) / 2), columns - width][align] ?? 0
  }

  function feed(height: number): void {
    y += height
    dots.feedTo(y)
  }

  function printLine(): void {
    const width = line.reduce((sum, { style }) => sum + CELL.width * style.width, 0)
    const height = Math.max(0, ...line.map(({ style }) => CELL.height * style.height))
    let x = leftOf(width, line[0]?.style.align ?? 0)
    for (const { character, style } of line) {
      // All stand on one line, however high they are.
      printCharacter(character, style, x, y + height - CELL.height * style.height)
      x += CELL.width * style.width
    }
    line = []
    feed(Math.max(LINE_FEED, height))
  }

  function printCharacter(character: string, { bold, width, height }: Style, left: number, top: number): void {
    for (const [row, points] of glyph(character).entries()) {
      for (const [column, isBlack] of points.entries()) {
        if (!isBlack) continue
        const from = {
          x: left + (GLYPH.left + column * GLYPH.dot) * width,
          y: top + (GLYPH.top + row * GLYPH.dot) * height,
        }
        fill(from.x, from.y, GLYPH.dot * width + (bold ? 1 : 0), GLYPH.dot * height)
      }
    }
  }

  function fill(left: number, top: number, width: number, height: number): void {
    for (let dy = 0; dy < height; dy += 1) for (let dx = 0; dx < width; dx += 1) dots.black(left + dx, top + dy)
  }

  function printQr(): void {
    if (!qr.correction || qr.data.length === 0) refuse()
    const symbol = qrcode(0, qr.correction)
    symbol.addData(qr.data.toString('latin1'), 'Byte')
    symbol.make()
    const modules = symbol.getModuleCount()
    const left = leftOf(modules * qr.moduleDots, style.align)
    for (let row = 0; row < modules; row += 1) {
      for (let column = 0; column < modules; column += 1) {
        if (symbol.isDark(row, column))
          fill(left + column * qr.moduleDots, y + row * qr.moduleDots, qr.moduleDots, qr.moduleDots)
      }
    }
    feed(modules * qr.moduleDots)
  }

  /** GS v 0 m xL xH yL yH d.. */
  function printRaster(): number {
    const rowBytes = bytes.readUInt16LE(at + 4)
    const height = bytes.readUInt16LE(at + 6)
    const data = bytes.subarray(at + 8, at + 8 + rowBytes * height)
    if (bytes[at + 2] !== 0x30 || bytes[at + 3] !== 0 || line.length > 0 || data.length < rowBytes * height) refuse()
    const left = leftOf(rowBytes * 8, style.align)
    for (let dot = 0; dot < data.length * 8; dot += 1) {
      const isBlack = ((data[dot >> 3] ?? 0) >> (7 - (dot & 7))) & 1
      if (isBlack) dots.black(left + (dot % (rowBytes * 8)), y + Math.floor(dot / (rowBytes * 8)))
    }
    feed(height)
    return 8 + data.length
  }

  /** GS ( k pL pH 1 function .. */
  function qrCommand(): number {
    const length = bytes.readUInt16LE(at + 3)
    const [kind, fn, first = 0, ...rest] = bytes.subarray(at + 5, at + 5 + length)
    if (bytes[at + 2] !== 0x6b || kind !== 0x31) refuse()
    if (fn === 0x41 && first === 50) qr = { ...qr }
    else if (fn === 0x43) qr = { ...qr, moduleDots: first }
    else if (fn === 0x45) qr = { ...qr, correction: (['L', 'M', 'Q', 'H'] as const)[first - 48] ?? refuse() }
    else if (fn === 0x50 && rest.length === length - 3) qr = { ...qr, data: Buffer.from(rest) }
    else if (fn === 0x51) printQr()
    else refuse()
    return 5 + length
  }

  function cut(): void {
    feed(4)
    for (let x = 0; x < columns; x += 1) if (x % 16 < 8) fill(x, y, 1, 2)
    feed(6)
  }

  /** Each returns how many bytes it took. */
  const commands: Readonly<Record<string, () => number>> = {
    '1b40': () => {
      style = PLAIN
      return 2
    },
    // Both code pages have ASCII in their lower half; there is no picture of another character.
    '1b74': () => (bytes[at + 2] === 0 || bytes[at + 2] === 16 ? 3 : refuse()),
    '1b61': () => {
      const align = bytes[at + 2]
      if (align !== 0 && align !== 1 && align !== 2) refuse()
      style = { ...style, align }
      return 3
    },
    '1b45': () => {
      style = { ...style, bold: ((bytes[at + 2] ?? refuse()) & 1) === 1 }
      return 3
    },
    '1b64': () => {
      feed((bytes[at + 2] ?? refuse()) * LINE_FEED)
      return 3
    },
    '1d21': () => {
      const size = bytes[at + 2] ?? refuse()
      style = { ...style, width: (size >> 4) + 1, height: (size & 0x0f) + 1 }
      return 3
    },
    '1d56': () => {
      if (bytes[at + 2] !== 0 && bytes[at + 2] !== 1) refuse()
      cut()
      return 3
    },
    '1d76': printRaster,
    '1d28': qrCommand,
  }

  while (at < bytes.length) {
    const byte = bytes[at] ?? 0
    if (byte === 0x0a) {
      printLine()
      at += 1
    } else if (byte >= 0x20 && byte <= 0x7e) {
      line.push({ character: String.fromCharCode(byte), style })
      at += 1
    } else at += (commands[bytes.subarray(at, at + 2).toString('hex')] ?? refuse)()
  }
  if (line.length > 0) throw new Error('the job ends within a line')
  return dots.png()
}

/** Paper as text: every line where it lies between the edges, with what is not plain named beside it. */
import type { Paper, PaperItem, PaperLine, PaperQr } from '#main/host/devices/printer/escpos-reader.ts'

/** Font A, 12 dots per character: 384 and 576 printable dots. */
const COLUMNS = { 58: 32, 80: 48 } as const
const DOTS_PER_COLUMN = 12

/** Bytes that a QR symbol of version 1, 2, .. holds at correction level M (ISO/IEC 18004, table 7). */
const QR_BYTES_M = [14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504]
const QUIET_ZONE_MODULES = 8

/** Throws when something runs over the edge of the paper. */
export function paperText({ items }: Paper, width: keyof typeof COLUMNS): string {
  return `${items.flatMap((item) => rowsOf(item, COLUMNS[width])).join('\n')}\n`
}

function rowsOf(item: PaperItem, columns: number): string[] {
  switch (item.kind) {
    case 'line':
      return [lineRow(item.line, columns)]
    case 'qr':
      return [qrRow(item.qr, columns)]
    case 'image':
      return [`|${placed(`[${item.image.width} x ${item.image.height} dots]`, item.image.align, columns)}|`]
    case 'feed':
      return Array.from({ length: item.lines }, () => `|${' '.repeat(columns)}|`)
    case 'cut':
      return [`8<${'-'.repeat(columns)}`]
  }
}

function lineRow(line: PaperLine, columns: number): string {
  const enlarged = Array.from(line.text, (char) => char.padEnd(line.width)).join('')
  const size = line.width > 1 || line.height > 1 ? ` ${line.width}x${line.height}` : ''
  return `|${placed(enlarged, line.align, columns)}|${size}${line.bold ? ' bold' : ''}`
}

function qrRow({ text, align, moduleDots, correction }: PaperQr, columns: number): string {
  const version = QR_BYTES_M.findIndex((bytes) => bytes >= Buffer.byteLength(text)) + 1
  if (version === 0 || correction !== 'M') throw new Error(`no known QR symbol for ${text} at level ${correction}`)
  const modules = 17 + 4 * version
  const dots = (modules + QUIET_ZONE_MODULES) * moduleDots
  if (dots > columns * DOTS_PER_COLUMN) throw new Error(`a QR code of ${dots} dots runs over the edge`)
  return `|${placed(`[QR ${modules * moduleDots} dots]`, align, columns)}| ${text}`
}

function placed(text: string, align: PaperLine['align'], columns: number): string {
  const space = columns - text.length
  if (space < 0) throw new Error(`"${text}" runs over the edge of ${columns} columns`)
  const left = { left: 0, center: Math.floor(space / 2), right: space }[align]
  return ' '.repeat(left) + text + ' '.repeat(space - left)
}

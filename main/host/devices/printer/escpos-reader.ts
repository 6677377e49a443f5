/**
 * What comes out on paper for the ESC/POS commands that our sheets use (Epson ESC/POS command reference). It refuses every
 * other byte, so that a change of the builder's output is noticed instead of printed.
 */

export type PaperLine = {
  text: string
  align: 'left' | 'center' | 'right'
  bold: boolean
  /** 1 to 8 times. */
  width: number
  height: number
}

export type PaperQr = {
  text: string
  align: PaperLine['align']
  /** Dots per module; 0 when the job did not say. */
  moduleDots: number
  /** Error correction level; null when the job did not say. */
  correction: 'L' | 'M' | 'Q' | 'H' | null
}

/** Dots from top to bottom, each row in whole bytes, leftmost dot in the highest bit; 1 is black. */
export type PaperImage = { width: number; height: number; bits: Uint8Array; align: PaperLine['align'] }

export type PaperItem =
  | { kind: 'line'; line: PaperLine }
  | { kind: 'qr'; qr: PaperQr }
  | { kind: 'image'; image: PaperImage }
  /** So many empty lines. */
  | { kind: 'feed'; lines: number }
  | { kind: 'cut' }

/** `items` in their order on the paper; the others are what most readers want of them. */
export type Paper = { items: PaperItem[]; lines: PaperLine[]; qr: string[]; cut: boolean }

export class EscPosError extends Error {
  /** Where the command stands; everything before it could be read. */
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const PLAIN: Omit<PaperLine, 'text'> = { align: 'left', bold: false, width: 1, height: 1 }
const ALIGNMENTS = ['left', 'center', 'right'] as const
const NO_QR: Omit<PaperQr, 'align'> = { text: '', moduleDots: 0, correction: null }
const CORRECTIONS: Record<number, PaperQr['correction']> = { 48: 'L', 49: 'M', 50: 'Q', 51: 'H' }

/** The upper halves of the code pages that Latin text is printed in, by the number that ESC t gives them. */
const CODE_PAGES: Record<number, string> = {
  // PC437
  0:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀' +
    'αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  // WPC1252
  16: new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 128 }, (_, n) => n + 128)),
}

/** Throws an EscPosError that names the offset of an unknown or unfinished command. */
export function readEscPos(bytes: Uint8Array): Paper {
  const items: PaperItem[] = []
  let style = PLAIN
  let codePage = 0
  let text = ''
  let qr = NO_QR
  let at = 0

  function refuse(start: number): never {
    const hex = Buffer.from(bytes.subarray(start, start + 4)).toString('hex')
    throw new EscPosError(`unknown or unfinished command ${hex} at offset ${start}`, start)
  }

  function byteAt(offset: number, start: number): number {
    return bytes[offset] ?? refuse(start)
  }

  /** Each returns the number of bytes it takes. */
  function escCommand(start: number): number {
    const argument = () => byteAt(start + 2, start)
    switch (byteAt(start + 1, start)) {
      case 0x40: // ESC @ initialise
        style = PLAIN
        codePage = 0
        return 2
      case 0x74: // ESC t n, code page
        codePage = argument()
        return 3
      case 0x64: // ESC d n, feed n lines
        items.push({ kind: 'feed', lines: argument() })
        return 3
      case 0x61: // ESC a n, alignment
        style = { ...style, align: ALIGNMENTS[argument()] ?? refuse(start) }
        return 3
      case 0x45: // ESC E n, bold
        style = { ...style, bold: (argument() & 1) === 1 }
        return 3
      default:
        return refuse(start)
    }
  }

  function gsCommand(start: number): number {
    switch (byteAt(start + 1, start)) {
      case 0x21: {
        // GS ! n, size: bits 4-6 width, bits 0-2 height
        const size = byteAt(start + 2, start)
        style = { ...style, width: ((size >> 4) & 7) + 1, height: (size & 7) + 1 }
        return 3
      }
      case 0x56: // GS V m, cut
        if (byteAt(start + 2, start) > 1) refuse(start)
        items.push({ kind: 'cut' })
        return 3
      case 0x76:
        return rasterCommand(start)
      case 0x72: // GS r n, a question
        byteAt(start + 2, start)
        return 3
      case 0x28:
        return qrCommand(start)
      default:
        return refuse(start)
    }
  }

  /** GS v 0 m xL xH yL yH d.., a picture of x bytes by y rows in normal size. It begins on a line of its own. */
  function rasterCommand(start: number): number {
    const rowBytes = byteAt(start + 4, start) + byteAt(start + 5, start) * 256
    const height = byteAt(start + 6, start) + byteAt(start + 7, start) * 256
    const end = start + 8 + rowBytes * height
    const isNormal = bytes[start + 2] === 0x30 && (bytes[start + 3] === 0 || bytes[start + 3] === 0x30)
    if (!isNormal || text !== '' || rowBytes * height === 0 || end > bytes.length) refuse(start)
    addImage({ width: rowBytes * 8, height, bits: bytes.slice(start + 8, end), align: style.align })
    return end - start
  }

  /** Bands of one width that follow each other are one picture on the paper. */
  function addImage(image: PaperImage): void {
    const before = items.at(-1)
    if (before?.kind !== 'image' || before.image.width !== image.width || before.image.align !== image.align) {
      items.push({ kind: 'image', image })
      return
    }
    const bits = Buffer.concat([before.image.bits, image.bits])
    items[items.length - 1] = { kind: 'image', image: { ...image, height: before.image.height + image.height, bits } }
  }

  /** DLE EOT n, real-time status: nothing is printed. */
  function questionCommand(start: number): number {
    const n = byteAt(start + 2, start)
    if (bytes[start + 1] !== 0x04 || n < 1 || n > 4) refuse(start)
    return 3
  }

  /** GS ( k pL pH 31 fn .., two-dimensional code 31 = QR. */
  function qrCommand(start: number): number {
    const length = byteAt(start + 3, start) + byteAt(start + 4, start) * 256
    const end = start + 5 + length
    if (bytes[start + 2] !== 0x6b || bytes[start + 5] !== 0x31 || length < 3 || end > bytes.length) refuse(start)
    const argument = bytes[start + 7] ?? 0
    switch (bytes[start + 6]) {
      case 0x41: // model
        break
      case 0x43: // module size
        qr = { ...qr, moduleDots: argument }
        break
      case 0x45: // error correction
        qr = { ...qr, correction: CORRECTIONS[argument] ?? refuse(start) }
        break
      case 0x50: // store
        qr = { ...qr, text: Buffer.from(bytes.subarray(start + 8, end)).toString('utf8') }
        break
      case 0x51: // print
        items.push({ kind: 'qr', qr: { ...qr, align: style.align } })
        break
      default:
        refuse(start)
    }
    return end - start
  }

  function step(start: number): number {
    const byte = byteAt(start, start)
    if (byte === 0x1b) return escCommand(start)
    if (byte === 0x1d) return gsCommand(start)
    if (byte === 0x10) return questionCommand(start)
    if (byte === 0x0a) endLine()
    else text += characterOf(byte) ?? refuse(start)
    return 1
  }

  /** Undefined for a control character, and for the upper half of a code page without a table here. */
  function characterOf(byte: number): string | undefined {
    if (byte >= 0x80) return CODE_PAGES[codePage]?.[byte - 0x80]
    return byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : undefined
  }

  function endLine(): void {
    items.push({ kind: 'line', line: { text, ...style } })
    text = ''
  }

  while (at < bytes.length) at += step(at)
  if (text !== '') endLine()
  return {
    items,
    lines: items.flatMap((item) => (item.kind === 'line' ? [item.line] : [])),
    qr: items.flatMap((item) => (item.kind === 'qr' ? [item.qr.text] : [])),
    cut: items.some(({ kind }) => kind === 'cut'),
  }
}

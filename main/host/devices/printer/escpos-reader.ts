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

export type Paper = { lines: PaperLine[]; qr: string[]; cut: boolean }

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

/** Throws an EscPosError that names the offset of an unknown or unfinished command. */
export function readEscPos(bytes: Uint8Array): Paper {
  const paper: Paper = { lines: [], qr: [], cut: false }
  let style = PLAIN
  let text = ''
  let storedQr = ''
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
        return 2
      case 0x74: // ESC t n, code page: text is ASCII in each of them
      case 0x64: // ESC d n, feed n lines
        argument()
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
        paper.cut = true
        return 3
      case 0x72: // GS r n, a question
        byteAt(start + 2, start)
        return 3
      case 0x28:
        return qrCommand(start)
      default:
        return refuse(start)
    }
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
    switch (bytes[start + 6]) {
      case 0x41: // model
      case 0x43: // module size
      case 0x45: // error correction
        break
      case 0x50: // store
        storedQr = Buffer.from(bytes.subarray(start + 8, end)).toString('utf8')
        break
      case 0x51: // print
        paper.qr.push(storedQr)
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
    if (byte === 0x0a) {
      paper.lines.push({ text, ...style })
      text = ''
    } else if (byte >= 0x20 && byte <= 0x7e) text += String.fromCharCode(byte)
    else refuse(start)
    return 1
  }

  while (at < bytes.length) at += step(at)
  if (text !== '') paper.lines.push({ text, ...style })
  return paper
}

/**
 * The mall's logo as it stands in the configuration: a PNG in base64, with or without "data:image/png;base64," before it.
 * What can be told without unpacking the picture is told here (PNG specification, third edition); unpacking is up to
 * who reads the configuration and who prints.
 */

/** Printable dots of 80 mm paper, and three centimetres of it: eight dots are a millimetre. */
const MOST_WIDTH = 576
const MOST_HEIGHT = 240
const MOST_BYTES = 32 * 1024

export type LogoFault =
  | 'LOGO_TOO_LARGE'
  | 'LOGO_NOT_PNG'
  | 'LOGO_BROKEN'
  | 'LOGO_INTERLACED'
  | 'LOGO_TOO_WIDE'
  | 'LOGO_TOO_TALL'

/** `packed` is the zlib stream of its rows; each row takes `rowBytes` in it, the first of which names its filter. */
export type Logo = { png: Uint8Array; packed: Uint8Array; width: number; height: number; rowBytes: number }
export type LogoResult = { ok: true; logo: Logo } | { ok: false; fault: LogoFault }

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const DATA_URL = /^data:[a-z/+.-]*;base64,/

export function readLogo(text: string): LogoResult {
  const base64 = text.replace(DATA_URL, '').replace(/\s/g, '')
  // Before anything is unpacked: four characters are three bytes.
  if (base64.length > Math.ceil(MOST_BYTES / 3) * 4) return { ok: false, fault: 'LOGO_TOO_LARGE' }
  const png = bytesOf(base64)
  if (!png || !SIGNATURE.every((byte, at) => png[at] === byte)) return { ok: false, fault: 'LOGO_NOT_PNG' }
  if (png.length > MOST_BYTES) return { ok: false, fault: 'LOGO_TOO_LARGE' }
  const chunks = chunksOf(png)
  const logo = chunks && logoOf(png, chunks)
  if (!logo) return { ok: false, fault: 'LOGO_BROKEN' }
  if (logo.width > MOST_WIDTH) return { ok: false, fault: 'LOGO_TOO_WIDE' }
  if (logo.height > MOST_HEIGHT) return { ok: false, fault: 'LOGO_TOO_TALL' }
  // Seven small pictures in one: drawing programs make it only when told to.
  return png[INTERLACE_AT] === 0 ? { ok: true, logo } : { ok: false, fault: 'LOGO_INTERLACED' }
}

/** Whether the unpacked rows are all there. A library that draws them may fill what is missing with whatever it has at hand. */
export function isWholePicture({ rowBytes, height }: Logo, unpacked: Uint8Array): boolean {
  if (unpacked.length !== rowBytes * height) return false
  for (let at = 0; at < unpacked.length; at += rowBytes) if ((unpacked[at] ?? 5) > 4) return false
  return true
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const SIX_BITS = new Map(Array.from(BASE64, (char, value) => [char, value]))

/** RFC 4648; null for anything else. Written out because this room has neither Buffer nor atob. */
function bytesOf(base64: string): Uint8Array | null {
  const digits = base64.replace(/={1,2}$/, '')
  if (digits.length % 4 === 1) return null
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let bits = 0
  let at = 0
  for (const [index, char] of Array.from(digits).entries()) {
    const value = SIX_BITS.get(char)
    if (value === undefined) return null
    bits = ((bits << 6) | value) & 0xffffff
    if (index % 4 > 0) bytes[at++] = (bits >> (6 - 2 * (index % 4))) & 0xff
  }
  return bytes
}

type Chunk = { type: string; data: Uint8Array }

/** From the first chunk to IEND, each whole and with its right checksum; null otherwise. */
function chunksOf(png: Uint8Array): Chunk[] | null {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const chunks: Chunk[] = []
  let at = SIGNATURE.length
  // Length, type, data, checksum.
  while (at + 12 <= png.length) {
    const end = at + 12 + view.getUint32(at)
    if (end > png.length || crc32(png.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return null
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8))
    if (type === 'IEND') return chunks
    chunks.push({ type, data: png.subarray(at + 8, end - 4) })
    at = end
  }
  return null
}

/** Samples of a pixel by colour type: grey, colour, palette, grey with alpha, colour with alpha. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }
/** In the file: signature, length and type of IHDR, width, height, depth, colour type, compression, filter, interlace. */
const INTERLACE_AT = 28

function logoOf(png: Uint8Array, chunks: readonly Chunk[]): Logo | null {
  const header = chunks[0]
  if (header?.type !== 'IHDR' || header.data.length !== 13) return null
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  const samples = SAMPLES[header.data[9] ?? -1]
  if (width === 0 || height === 0 || samples === undefined) return null
  const rowBytes = 1 + Math.ceil((width * samples * (header.data[8] ?? 0)) / 8)
  const packed = chunks.flatMap(({ type, data }) => (type === 'IDAT' ? Array.from(data) : []))
  return { png, packed: Uint8Array.from(packed), width, height, rowBytes }
}

/** CRC-32 of ISO 3309, polynomial reversed. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

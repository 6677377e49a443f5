/** The mall's logo as dots: black or nothing, as wide as the paper allows. */
import { inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { isWholePicture, readLogo } from '#contract/logo.ts'

/** Rows from top to bottom, each in whole bytes, leftmost dot in the highest bit; 1 is black (as GS v 0 wants it). */
export type Raster = { width: number; height: number; bits: Uint8Array }

/** The last one: every paper of a desk has the same. */
let last: { logo: string; dots: number; raster: Raster } | null = null

/** Throws on a logo that cannot be printed; the rules of the configuration let none through. */
export function rasterOf(logo: string, dots: number): Raster {
  if (last?.logo !== logo || last.dots !== dots) last = { logo, dots, raster: rasterise(logo, dots) }
  return last.raster
}

/** From this lightness on (0 black, 255 white) a dot stays paper. */
const PAPER_FROM = 128

function rasterise(text: string, dots: number): Raster {
  const read = readLogo(text)
  if (!read.ok) throw new Error(`logo: ${read.fault}`)
  const { logo } = read
  const unpacked = inflateSync(logo.packed, { maxOutputLength: logo.rowBytes * logo.height })
  if (!isWholePicture(logo, unpacked)) throw new Error('logo: not all of its picture is there')
  const picture = PNG.sync.read(Buffer.from(logo.png))
  // Enlarged it would only get jagged.
  const scale = Math.max(1, picture.width / dots)
  const width = Math.floor(picture.width / scale)
  const height = Math.max(1, Math.floor(picture.height / scale))
  const rowBytes = Math.ceil(width / 8)
  const bits = new Uint8Array(rowBytes * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * rowBytes + (x >> 3)
      if (lightness(picture, x * scale, y * scale, scale) < PAPER_FROM) bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return { width, height, bits }
}

/** Mean lightness on white paper of the pixels under one dot (ITU-R BT.709 weights). */
function lightness({ width, height, data }: PNG, left: number, top: number, size: number): number {
  let sum = 0
  let count = 0
  for (let y = Math.floor(top); y < Math.min(height, Math.ceil(top + size)); y += 1) {
    for (let x = Math.floor(left); x < Math.min(width, Math.ceil(left + size)); x += 1) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray((y * width + x) * 4)
      const colour = 0.2126 * red + 0.7152 * green + 0.0722 * blue
      sum += 255 + ((colour - 255) * alpha) / 255
      count += 1
    }
  }
  return sum / count
}

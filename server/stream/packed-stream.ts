/** Packs a change stream for a device that takes it packed: rows of one queue are mostly the same words again. */
import { pipeline, type Writable } from 'node:stream'
import { constants, createGzip } from 'node:zlib'

/** Half of the usual memory, for a stream stays open all day; what a message repeats came shortly before it. */
const GZIP = { level: 3, windowBits: 14, memLevel: 7 }

/** `acceptEncoding` as the device sent it. */
export function takesGzip(acceptEncoding: string | string[] | undefined): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(acceptEncoding ?? ''))
}

/** What is written goes out whole and at once: nothing waits for more to come. Ends and breaks together with `out`. */
export function packInto(out: Writable): Writable {
  const packed = createGzip({ ...GZIP, flush: constants.Z_SYNC_FLUSH })
  // Whoever hangs up, the other half goes the same way; to the stream both look like a device that is gone.
  pipeline(packed, out, () => {})
  return packed
}

/** Reads the text files that drivers/alpha.ts writes. A frame counts when it is whole and its checksum, if any, is right. */
import type { DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { collectFrames } from '#main/host/devices/led/readers/frame-collector.ts'

const SOH = 0x01
const EOT = 0x04
/** Longer than any text this driver sends. */
const LONGEST_FRAME = 200
/** Type and address. */
const HEADER = /^[\x21-\x7e][0-9A-F?]{2}$/
const STX = '\x02'
const ETX = '\x03'
const ESC = '\x1b'

/** `characters`: how many the sign has room for. */
export function readAlpha({ characters }: { characters: number }): DisplayReader {
  let shown = ''
  return {
    feed: collectFrames({ begin: SOH, end: EOT, longest: LONGEST_FRAME }, (frame) => {
      shown = textOf(frame)?.slice(0, characters).trimEnd() ?? shown
    }),
    shown: () => shown,
  }
}

/** `frame` is what stands between SOH and EOT. */
function textOf(frame: string): string | null {
  const begin = frame.indexOf(STX)
  const end = frame.indexOf(ETX)
  const command = frame.slice(begin + 1, end < 0 ? undefined : end)
  // Write text, label, ESC, position, mode, text.
  const isText = HEADER.test(frame.slice(0, Math.max(0, begin))) && command[0] === 'A' && command[2] === ESC
  const isTrue = end < 0 || Number.parseInt(frame.slice(end + 1), 16) === sumOf(frame.slice(begin, end + 1))
  return isText && isTrue && /^[\x20-\x7e]*$/.test(command.slice(3)) ? command.slice(5) : null
}

function sumOf(characters: string): number {
  return [...Buffer.from(characters, 'latin1')].reduce((total, byte) => total + byte, 0)
}

/** Reads the frames that drivers/stx-ascii.ts writes. */
import type { DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'

const STX = 0x02
/** Two more bytes of address, or line and brightness; 64 characters; the flash commands around them. */
const LONGEST_FRAME = 90
const DIALECTS = {
  ed400: { end: 0x03, frame: /^[0-9]{2}([0-9 .-]*)$/ },
  fds: { end: 0x0a, frame: /^[1-9A-K][1-3]([\x20-\x7e]*)$/ },
} as const
const FDS_COMMAND = /\^f(?:s \d \d|e)\^/g

type StxAsciiDisplay = { dialect: 'ed400' | 'fds'; characters: number }

export function readStxAscii({ dialect, characters }: StxAsciiDisplay): DisplayReader {
  const { end, frame: shape } = DIALECTS[dialect]
  let frame: string | null = null
  let shown = ''
  return {
    feed(bytes) {
      for (const byte of bytes) {
        if (byte === STX) frame = ''
        else if (byte === end && frame !== null) {
          const text = shape.exec(frame)?.[1]
          if (text !== undefined) shown = visible(text)
          frame = null
        } else if (frame !== null) frame = frame.length < LONGEST_FRAME ? frame + String.fromCharCode(byte) : null
      }
    },
    shown: () => shown,
  }

  function visible(text: string): string {
    return text.replaceAll(FDS_COMMAND, '').slice(0, characters).trim()
  }
}

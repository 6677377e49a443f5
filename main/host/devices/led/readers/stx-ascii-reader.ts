/** Reads the frames that drivers/stx-ascii.ts writes. */
import type { DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { collectFrames } from '#main/host/devices/led/readers/frame-collector.ts'

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
  let shown = ''
  return {
    feed: collectFrames({ begin: STX, end, longest: LONGEST_FRAME }, (frame) => {
      const text = shape.exec(frame)?.[1]
      if (text !== undefined) shown = visible(text)
    }),
    shown: () => shown,
  }

  function visible(text: string): string {
    return text.replaceAll(FDS_COMMAND, '').slice(0, characters).trim()
  }
}

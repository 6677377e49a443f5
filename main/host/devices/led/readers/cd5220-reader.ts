/** Reads the commands that drivers/cd5220.ts writes, byte by byte, as the display's own controller does. */
import type { DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { COLUMNS } from '#main/host/devices/led/two-lines.ts'

const CLEAR = 0x0c
const CARRIAGE_RETURN = 0x0d
const ESC = 0x1b

type Expecting = 'command' | 'escape' | 'brightness' | 'line-select' | { line: 0 | 1; text: string }

export function readCd5220(): DisplayReader {
  let lines: [string, string] = ['', '']
  let expecting: Expecting = 'command'

  function command(byte: number): Expecting {
    if (byte === ESC) return 'escape'
    if (byte === CLEAR) lines = ['', '']
    return 'command'
  }

  function afterEscape(byte: number): Expecting {
    if (byte === 0x51) return 'line-select'
    if (byte === 0x2a) return 'brightness'
    if (byte !== 0x40) return command(byte)
    lines = ['', '']
    return 'command'
  }

  function lineSelect(byte: number): Expecting {
    if (byte === 0x41) return { line: 0, text: '' }
    if (byte === 0x42) return { line: 1, text: '' }
    return command(byte)
  }

  function lineText(open: { line: 0 | 1; text: string }, byte: number): Expecting {
    if (byte === CARRIAGE_RETURN) {
      lines[open.line] = open.text.trimEnd()
      return 'command'
    }
    if (byte < 0x20) return command(byte)
    if (open.text.length < COLUMNS) open.text += String.fromCharCode(byte)
    return open
  }

  function step(byte: number): Expecting {
    if (expecting === 'command') return command(byte)
    if (expecting === 'escape') return afterEscape(byte)
    if (expecting === 'line-select') return lineSelect(byte)
    if (expecting === 'brightness') return byte >= 1 && byte <= 4 ? 'command' : command(byte)
    return lineText(expecting, byte)
  }

  return {
    feed(bytes) {
      for (const byte of bytes) expecting = step(byte)
    },
    shown: () => lines.join('\n').trimEnd(),
  }
}

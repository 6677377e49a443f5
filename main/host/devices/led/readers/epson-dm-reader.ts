/** Reads the commands that drivers/epson-dm.ts writes, in overwrite mode: twenty columns, two lines, a cursor. */
import type { DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { COLUMNS } from '#main/host/devices/led/two-lines.ts'

const CLEAR = 0x0c
const ESC = 0x1b
const US = 0x1f
const CELLS = COLUMNS * 2
/** How many bytes follow a command of US; the others have none. */
const US_ARGUMENTS: Readonly<Record<number, number>> = { 36: 2, 67: 1, 69: 1, 88: 1 }
const CURSOR_AT = 0x24
const INITIALISE = 0x40

export function readEpsonDm(): DisplayReader {
  let cells: string[] = blank()
  let cursor = 0
  let prefix: typeof ESC | typeof US | null = null
  let command: { code: number; given: number[]; wanted: number } | null = null

  function clear(): void {
    cells = blank()
    cursor = 0
  }

  function run(code: number, [x = 0, y = 0]: number[]): void {
    const isOnDisplay = x >= 1 && x <= COLUMNS && y >= 1 && y <= 2
    if (code === CURSOR_AT && isOnDisplay) cursor = (y - 1) * COLUMNS + x - 1
  }

  function character(byte: number): void {
    if (byte === ESC || byte === US) prefix = byte
    else if (byte === CLEAR) clear()
    else if (byte >= 0x20) {
      cells[cursor] = String.fromCharCode(byte)
      cursor = (cursor + 1) % CELLS
    }
  }

  function afterPrefix(byte: number): void {
    const isUs = prefix === US
    prefix = null
    if (!isUs && byte === INITIALISE) clear()
    const wanted = isUs ? (US_ARGUMENTS[byte] ?? 0) : 0
    if (wanted > 0) command = { code: byte, given: [], wanted }
    // A prefix or a clear after half a command begins a new one.
    else if (byte === ESC || byte === US || byte === CLEAR) character(byte)
  }

  return {
    feed(bytes) {
      for (const byte of bytes) {
        if (command) {
          command.given.push(byte)
          if (command.given.length < command.wanted) continue
          run(command.code, command.given)
          command = null
        } else if (prefix !== null) afterPrefix(byte)
        else character(byte)
      }
    },
    shown: () => `${lineOf(cells, 0)}\n${lineOf(cells, 1)}`.trimEnd(),
  }
}

function blank(): string[] {
  return Array.from({ length: CELLS }, () => ' ')
}

function lineOf(cells: string[], line: number): string {
  return cells
    .slice(line * COLUMNS, (line + 1) * COLUMNS)
    .join('')
    .trimEnd()
}

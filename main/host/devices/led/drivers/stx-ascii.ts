/**
 * Displays that take their text as plain characters after STX, in two dialects:
 * - ed400: `02, address (2 digits), data, 03`. Data is digits, spaces, minus and one point; leading zeros stay dark. Source:
 *   EDI, ED400 product manual, "Protocol for numeric displays" (example `02 "01" "1234" 03`).
 * - fds: `02, line (1-9, A-K), brightness (1-3), text, 0A`, 9600 8N1, printable ASCII but `^`, at most 64 characters; on newer
 *   boxes `^fs n s^ .. ^fe^` flashes what is between, n times. Source: FDS, MLED-CTRL manual, chapter 6, which calls its plain
 *   frames compatible with TAG Heuer displays.
 */
import { z } from 'zod'
import type { LedState } from '#main/host/device-documents.ts'
import { blinkByWriting, blinksParameter } from '#main/host/devices/led/blink.ts'
import { defineLedDriver, type Frame } from '#main/host/devices/led/driver.ts'
import { readStxAscii } from '#main/host/devices/led/readers/stx-ascii-reader.ts'
import { asciiBytes, onlyDigits, shortLabel, stateText, words } from '#main/host/devices/led/shown-text.ts'

const STX = 0x02
const ETX = 0x03
const LINE_FEED = 0x0a
/** As in the manual's example; it gives no unit. */
const FLASH_SPEED = 1

const wordsParameter = () => z.string().max(64)

function parameters() {
  return z.strictObject({
    dialect: z.enum(['ed400', 'fds']).default('ed400').meta({ title: 'Ragam protokol' }),
    /** How many places the display has; a number that is longer is refused. */
    characters: z.int().min(2).max(64).default(4).meta({ title: 'Karakter yang muat' }),
    gapMs: z.int().min(0).max(1000).default(50).meta({ title: 'Jeda antarperintah (ms)' }),
    blinks: blinksParameter(),
    /** ed400 only. */
    address: z
      .string()
      .regex(/^[0-9]{2}$/)
      .default('01')
      .meta({ title: 'Alamat layar, 2 angka (ed400)' }),
    /** fds only, as all that follow. */
    line: z
      .string()
      .regex(/^[1-9A-K]$/)
      .default('1')
      .meta({ title: 'Baris, 1-9 atau A-K (fds)' }),
    brightness: z.int().min(1).max(3).default(3).meta({ title: 'Kecerahan (fds)' }),
    /** Only where the box knows it: others show the command as text. */
    flashCommand: z.boolean().default(false).meta({ title: 'Pakai perintah kedip FDS' }),
    idleText: wordsParameter().default('----').meta({ title: 'Teks siaga (fds)' }),
    pausedText: wordsParameter().default('JEDA').meta({ title: 'Teks jeda (fds)' }),
    closedText: wordsParameter().default('').meta({ title: 'Teks tutup (fds)' }),
  })
}
type Params = z.output<ReturnType<typeof parameters>>

export const driver = defineLedDriver({
  id: 'stx-ascii',
  name: 'Layar STX (EDI ED400, FDS/TAG)',
  parameters,
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  showsPrefix: ({ dialect }) => dialect === 'fds',
  busAddress: ({ dialect, address, line }) => (dialect === 'ed400' ? address : line),
  encode(state, params) {
    const text = params.dialect === 'ed400' ? ed400Text(state, params) : fdsText(state, params)
    if (text === null) return []
    const isBlinking = state.kind === 'number' && state.blink && params.blinks > 0
    const padded = params.dialect === 'ed400' ? text.padStart(params.characters) : text.padEnd(params.characters)
    if (isBlinking && params.dialect === 'fds' && params.flashCommand) {
      // The box counts to nine.
      const times = Math.min(params.blinks, 9)
      return frames(`^fs ${times} ${FLASH_SPEED}^${text}^fe^${padded.slice(text.length)}`, params)
    }
    const shown = frames(padded, params)
    return isBlinking ? blinkByWriting(shown, frames(' '.repeat(params.characters), params), params.blinks) : shown
  },
  reader: readStxAscii,
})

function frames(text: string, { dialect, address, line, brightness, gapMs }: Params): Frame[] {
  const bytes =
    dialect === 'ed400'
      ? [STX, ...asciiBytes(address + text), ETX]
      : [STX, ...asciiBytes(`${line}${brightness}${text}`), LINE_FEED]
  return [{ bytes: Uint8Array.from(bytes), gapMs }]
}

/** A display of digits says nothing when there is no number; idle has a dash, to tell it from a dead one. */
function ed400Text(state: LedState, { characters }: Params): string | null {
  if (state.kind !== 'number') return state.kind === 'idle' ? '-' : ''
  const digits = onlyDigits(state.label)
  return digits !== null && digits.length <= characters ? digits : null
}

function fdsText(state: LedState, params: Params): string | null {
  const { characters } = params
  if (state.kind === 'number') {
    const number = shortLabel(state.label)
    return number !== null && number.length <= characters && !number.includes('^') ? number : null
  }
  return words(stateText(state.kind, params), characters).replaceAll('^', '?')
}

/**
 * Two-line customer display with Epson's commands (DM-D110, DM-D30 and displays set to "EPSON ESC/POS"): init `1B 40`,
 * overwrite mode `1F 01`, cursor off `1F 43 0`, clear `0C`, brightness `1F 58 n` (1-4), cursor `1F 24 x y` (binary, 1-20 and
 * 1-2), blinking of the whole display `1F 45 n` (n times 50 ms on and off, 0 ends it, 255 turns the display off).
 * Sources: the "EPSON ESC/POS" command lists in the manuals of POS-X XP8200 (4.1.2) and of the customer display P07303 (7.8).
 */
import { z } from 'zod'
import { defineLedDriver } from '#main/host/devices/led/driver.ts'
import { readEpsonDm } from '#main/host/devices/led/readers/epson-dm-reader.ts'
import { asciiBytes } from '#main/host/devices/led/shown-text.ts'
import { twoLineParameters, twoLines } from '#main/host/devices/led/two-lines.ts'

const CLEAR = 0x0c
const INIT = [0x1b, 0x40]
const OVERWRITE = [0x1f, 0x01]
const CURSOR_OFF = [0x1f, 0x43, 0]
const CURSOR_AT = [0x1f, 0x24]
const BRIGHTNESS = [0x1f, 0x58]
const BLINK = [0x1f, 0x45]
const BLINK_STEP_MS = 50

export const driver = defineLedDriver({
  id: 'epson-dm',
  name: 'Epson DM, dua baris 20 karakter',
  parameters: () =>
    z.strictObject({
      brightness: z.int().min(1).max(4).default(4).meta({ title: 'Kecerahan' }),
      gapMs: z.int().min(0).max(1000).default(20).meta({ title: 'Jeda antarperintah (ms)' }),
      /** Length of one phase; 0: a call does not blink. 12,750 ms would be the command that turns the display off. */
      blinkMs: z
        .int()
        .min(0)
        .max(2000)
        .multipleOf(BLINK_STEP_MS)
        .default(400)
        .meta({ title: 'Lama satu kedipan (ms)' }),
      ...twoLineParameters(),
    }),
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  showsPrefix: () => true,
  busAddress: () => null,
  init: ({ brightness, gapMs }) => [
    { bytes: Uint8Array.from([...INIT, ...OVERWRITE, ...CURSOR_OFF, ...BRIGHTNESS, brightness, CLEAR]), gapMs },
  ],
  encode(state, params) {
    const lines = twoLines(state, params)
    if (!lines) return []
    const blink = state.kind === 'number' && state.blink ? params.blinkMs / BLINK_STEP_MS : 0
    const texts = lines.flatMap((line, index) => [...CURSOR_AT, 1, index + 1, ...asciiBytes(line)])
    return [{ bytes: Uint8Array.from([...texts, ...BLINK, blink]), gapMs: params.gapMs }]
  },
  reader: readEpsonDm,
})

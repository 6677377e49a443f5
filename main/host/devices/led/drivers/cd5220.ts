/**
 * Two-line customer display, CD5220 command set (Partner Tech CD-5220 and the many displays that imitate it):
 * init `1B 40`, brightness `1B 2A n` (1-4), clear `0C`, upper line `1B 51 41 <20 characters> 0D`,
 * lower line `1B 51 42 <20 characters> 0D`. Sources: the CD5220 command lists in the manuals of Logic Controls LDX1000
 * (brightness) and of the customer display P07303 (7.2, lines). The latter allows only `0C` and `18` after a line command, so
 * init begins with a clear: a display that kept its power while the PC restarted would not take the brightness otherwise.
 */
import { z } from 'zod'
import { blinkByWriting, blinksParameter } from '#main/host/devices/led/blink.ts'
import { defineLedDriver, type Frame } from '#main/host/devices/led/driver.ts'
import { readCd5220 } from '#main/host/devices/led/readers/cd5220-reader.ts'
import { asciiBytes } from '#main/host/devices/led/shown-text.ts'
import { DARK, twoLineParameters, twoLines } from '#main/host/devices/led/two-lines.ts'

const CLEAR = 0x0c
const CARRIAGE_RETURN = 0x0d
const INIT = [0x1b, 0x40]
const BRIGHTNESS = [0x1b, 0x2a]
const UPPER = [0x1b, 0x51, 0x41]
const LOWER = [0x1b, 0x51, 0x42]

export const driver = defineLedDriver({
  id: 'cd5220',
  name: 'CD5220, dua baris 20 karakter',
  parameters: () =>
    z.strictObject({
      brightness: z.int().min(1).max(4).default(4).meta({ title: 'Kecerahan' }),
      /** Pause after each write: cheap controllers lose bytes while they clear. */
      gapMs: z.int().min(0).max(1000).default(20).meta({ title: 'Jeda antarperintah (ms)' }),
      blinks: blinksParameter(),
      ...twoLineParameters(),
    }),
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  showsPrefix: () => true,
  busAddress: () => null,
  init: ({ brightness, gapMs }) => [
    { bytes: Uint8Array.from([CLEAR, ...INIT, ...BRIGHTNESS, brightness, CLEAR]), gapMs },
  ],
  encode(state, params) {
    const lines = twoLines(state, params)
    if (!lines) return []
    const frames = linesFrame(lines, params.gapMs)
    const isBlinking = state.kind === 'number' && state.blink
    return isBlinking ? blinkByWriting(frames, linesFrame(DARK, params.gapMs), params.blinks) : frames
  },
  reader: readCd5220,
})

/** Both lines in one write: each line command replaces all 20 characters, so nothing is cleared and nothing flickers. */
function linesFrame([upper, lower]: readonly [string, string], gapMs: number): Frame[] {
  const upperLine = [...UPPER, ...asciiBytes(upper), CARRIAGE_RETURN]
  const lowerLine = [...LOWER, ...asciiBytes(lower), CARRIAGE_RETURN]
  return [{ bytes: Uint8Array.from([...upperLine, ...lowerLine]), gapMs }]
}

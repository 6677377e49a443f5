/**
 * Two-line customer display, CD5220 command set (Partner Tech CD-5220 and the many displays that imitate it):
 * init `1B 40`, brightness `1B 2A n` (1-4), clear `0C`, upper line `1B 51 41 <20 characters> 0D`,
 * lower line `1B 51 42 <20 characters> 0D`.
 */
import { z } from 'zod'
import { toAscii } from '#main/host/devices/ascii.ts'
import { defineLedDriver, type Frame } from '#main/host/devices/led/driver.ts'

export const CD5220_COLUMNS = 20

const LineText = z.string().max(CD5220_COLUMNS)

export const cd5220 = defineLedDriver({
  id: 'cd5220',
  name: 'CD5220, dua baris 20 karakter',
  parameters: z.strictObject({
    brightness: z.int().min(1).max(4).default(4),
    /** Pause after each write: cheap controllers lose bytes while they clear. */
    gapMs: z.int().min(0).max(1000).default(20),
    queueWord: z.string().max(10).default('ANTREAN'),
    counterWord: z.string().max(10).default('LOKET'),
    idleUpper: LineText.default('SELAMAT DATANG'),
    idleLower: LineText.default('SILAKAN MENUNGGU'),
    closedUpper: LineText.default('LOKET TUTUP'),
    closedLower: LineText.default(''),
  }),
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  showsPrefix: () => true,
  init: ({ brightness, gapMs }) => [{ bytes: Uint8Array.of(0x1b, 0x40, 0x1b, 0x2a, brightness, 0x0c), gapMs }],
  encode(state, params) {
    // Both lines in one write: each line command replaces all 20 characters, so nothing is cleared and nothing flickers.
    const frames = (upper: string, lower: string): Frame[] => {
      const upperLine = [0x1b, 0x51, 0x41, ...twentyCharacters(upper), 0x0d]
      const lowerLine = [0x1b, 0x51, 0x42, ...twentyCharacters(lower), 0x0d]
      return [{ bytes: Uint8Array.from([...upperLine, ...lowerLine]), gapMs: params.gapMs }]
    }

    if (state.kind === 'closed') return frames(params.closedUpper, params.closedLower)
    if (state.kind === 'idle') return frames(params.idleUpper, params.idleLower)
    // A cut number is somebody else's number: give up the word before it, then the whole line.
    const number = toAscii(state.label.text)
    if (number.length > CD5220_COLUMNS) return []
    const withWord = `${params.queueWord} ${number}`
    return frames(withWord.length <= CD5220_COLUMNS ? withWord : number, `${params.counterWord} ${state.counterName}`)
  },
})

function twentyCharacters(text: string): Uint8Array {
  return Buffer.from(toAscii(text).slice(0, CD5220_COLUMNS).padEnd(CD5220_COLUMNS), 'latin1')
}

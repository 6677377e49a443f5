/**
 * LED message signs with the Alpha protocol (Adaptive Alpha, BetaBrite): `00 x5, 01, type, address (2 hex), 02, 'A', label,
 * 1B, position, mode, text, [03, checksum (4 hex)], 04`. The checksum is the 16-bit sum from 02 to 03 inclusive; the five
 * zeros let the sign find the baud rate. Label '0' is the priority file: it needs no memory set aside and hides all others.
 * Mode `b` holds, `c` flashes; position 20 is the middle, 22 the top, 26 the bottom line, 30 all of them. Source: Alpha Sign
 * Communications Protocol (Adaptive 9708-8061F), read through the protocol reference of alphasignpy, and the positions through
 * msparks/alphasign (alphasignpy calls 26 "fill" and 30 "top"; on a sign with one line it is all the same).
 */
import { z } from 'zod'
import type { LedState } from '#main/host/device-documents.ts'
import { toAscii } from '#main/host/devices/ascii.ts'
import { defineLedDriver } from '#main/host/devices/led/driver.ts'
import { readAlpha } from '#main/host/devices/led/readers/alpha-reader.ts'
import { asciiBytes, shortLabel, stateText, words } from '#main/host/devices/led/shown-text.ts'

const NUL = 0x00
const SOH = 0x01
const STX = 0x02
const ETX = 0x03
const EOT = 0x04
const ESC = 0x1b
const POSITIONS = { middle: 0x20, top: 0x22, bottom: 0x26, fill: 0x30 } as const
const HOLD = 'b'
const FLASH = 'c'
const EVERY_SIGN = '00'

const wordsParameter = () => z.string().max(40)

function parameters() {
  return z.strictObject({
    /** "Z" is every kind of sign. */
    type: z
      .string()
      .regex(/^[\x21-\x7e]$/)
      .default('Z')
      .meta({ title: 'Kode jenis papan' }),
    address: z
      .string()
      .regex(/^[0-9A-F]{2}$/)
      .default(EVERY_SIGN)
      .meta({ title: 'Alamat papan (2 angka heksadesimal)' }),
    /** Any character but the wildcard "?". */
    label: z
      .string()
      .regex(/^[\x20-\x3e\x40-\x7e]$/)
      .default('0')
      .meta({ title: 'Berkas teks di papan' }),
    position: z.enum(['middle', 'top', 'bottom', 'fill']).default('middle').meta({ title: 'Letak teks' }),
    checksum: z.boolean().default(true).meta({ title: 'Kirim jumlah periksa' }),
    flash: z.boolean().default(true).meta({ title: 'Berkedip saat dipanggil' }),
    /** How many the sign shows without moving; a number that is longer is refused. */
    characters: z.int().min(3).max(40).default(14).meta({ title: 'Karakter yang muat' }),
    gapMs: z.int().min(0).max(1000).default(100).meta({ title: 'Jeda antarperintah (ms)' }),
    /** Before the counter's name, which is shown if both fit. Empty: the number alone. */
    counterWord: z.string().max(10).default('').meta({ title: 'Kata di depan nama loket' }),
    idleText: wordsParameter().default('MPP').meta({ title: 'Teks siaga' }),
    pausedText: wordsParameter().default('JEDA').meta({ title: 'Teks jeda' }),
    closedText: wordsParameter().default('TUTUP').meta({ title: 'Teks tutup' }),
  })
}
type Params = z.output<ReturnType<typeof parameters>>

export const driver = defineLedDriver({
  id: 'alpha',
  name: 'Papan Alpha / BetaBrite',
  parameters,
  serial: { baudRate: 9600, dataBits: 7, parity: 'even', stopBits: 1 },
  showsPrefix: () => true,
  busAddress: ({ address }) => (address === EVERY_SIGN ? null : address),
  encode(state, params) {
    const text = textOf(state, params)
    if (text === null) return []
    const mode = state.kind === 'number' && state.blink && params.flash ? FLASH : HOLD
    return [{ bytes: packet(text, mode, params), gapMs: params.gapMs }]
  },
  reader: readAlpha,
})

function textOf(state: LedState, params: Params): string | null {
  if (state.kind !== 'number') return words(stateText(state.kind, params), params.characters)
  const number = shortLabel(state.label)
  if (number === null || number.length > params.characters) return null
  const both = `${number} ${toAscii(`${params.counterWord} ${state.counterName}`)}`
  return params.counterWord !== '' && both.length <= params.characters ? both : number
}

function packet(text: string, mode: string, params: Params): Uint8Array {
  const command = [
    STX,
    ...asciiBytes(`A${params.label}`),
    ESC,
    POSITIONS[params.position],
    ...asciiBytes(mode),
    ...asciiBytes(text),
  ]
  const sum = [...command, ETX].reduce((total, byte) => (total + byte) & 0xffff, 0)
  const check = params.checksum ? [ETX, ...asciiBytes(sum.toString(16).toUpperCase().padStart(4, '0'))] : []
  const header = [NUL, NUL, NUL, NUL, NUL, SOH, ...asciiBytes(params.type + params.address)]
  return Uint8Array.from([...header, ...command, ...check, EOT])
}

/**
 * LED number modules that are Modbus RTU servers. Sources disagree on registers, so each kind of module is a register map:
 * the ones that are sold (modbus/profiles.ts, with their sources), and the technician's own. Frames: modbus/modbus-frame.ts.
 */
import { z } from 'zod'
import type { LedState } from '#main/host/device-documents.ts'
import { blinkByWriting, blinksParameter } from '#main/host/devices/led/blink.ts'
import { defineLedDriver, type Frame } from '#main/host/devices/led/driver.ts'
import { mapOf } from '#main/host/devices/led/modbus/profiles.ts'
import { registerMap, showsLetters, showsNumbers, wordLength } from '#main/host/devices/led/modbus/register-map.ts'
import { type MapContent, writeMap } from '#main/host/devices/led/modbus/write-map.ts'
import { readModbusRtu } from '#main/host/devices/led/readers/modbus-rtu-reader.ts'
import { onlyDigits, shortLabel, stateText } from '#main/host/devices/led/shown-text.ts'

const shortText = () => z.string().max(40)
const WORDS = ['idleText', 'pausedText', 'closedText'] as const

function parameters() {
  return z
    .strictObject({
      unit: z.int().min(1).max(247).default(1).meta({ title: 'Alamat modul (unit)' }),
      profile: z.enum(['dm36', 'dm56', 'tm1650', 'embedded-art', 'own']).default('dm36').meta({ title: 'Jenis modul' }),
      /** Time for the module's answer on a two-wire bus; two frames closer than that would collide with it. */
      gapMs: z.int().min(5).max(1000).default(50).meta({ title: 'Jeda antarperintah (ms)' }),
      /** Modules with letters only. */
      idleText: shortText().default('----').meta({ title: 'Teks siaga' }),
      pausedText: shortText().default('JEDA').meta({ title: 'Teks jeda' }),
      closedText: shortText().default('').meta({ title: 'Teks tutup' }),
      /** Modules without a flash register. */
      blinks: blinksParameter(),
      /** tm1650 only. */
      brightness: z.int().min(0).max(8).default(4).meta({ title: 'Kecerahan (tm1650)' }),
      /** embedded-art only, as the next two. */
      characters: z.int().min(4).max(40).default(8).meta({ title: 'Karakter per baris (embedded-art)' }),
      perRegister: z.literal([1, 2]).default(2).meta({ title: 'Karakter per register (embedded-art)' }),
      secondLine: z.boolean().default(false).meta({ title: 'Nama loket di baris kedua (embedded-art)' }),
      /** own only. */
      map: registerMap().default([]).meta({ title: 'Peta register sendiri' }),
    })
    .superRefine((params, context) => {
      const map = mapOf(params)
      if (!showsNumbers(map))
        context.addIssue({ code: 'custom', path: ['map'], message: 'tidak ada butir yang menampilkan nomor' })
      const places = wordLength(map)
      for (const name of WORDS) {
        if (places > 0 && params[name].length > places) {
          context.addIssue({
            code: 'custom',
            path: [name],
            message: `lebih panjang daripada ${places} karakter layar`,
          })
        }
      }
    })
}
type Params = z.output<ReturnType<typeof parameters>>

const DARK: MapContent = { label: '', isNumber: false, digits: '', counter: '', isFlashing: false }

export const driver = defineLedDriver({
  id: 'modbus-rtu',
  name: 'Modul angka Modbus RTU',
  parameters,
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  showsPrefix: (params) => showsLetters(mapOf(params)),
  busAddress: ({ unit }) => String(unit),
  encode(state, params) {
    const map = mapOf(params)
    const frames = (content: MapContent): Frame[] =>
      (writeMap(params.unit, map, content) ?? []).map((bytes) => ({ bytes, gapMs: params.gapMs }))
    const content = contentOf(state, params)
    const shown = content ? frames(content) : []
    const hasFlash = map.some(({ holds }) => holds === 'flash')
    const isDarkable = shown.length > 0 && !hasFlash && showsLetters(map)
    return content?.isFlashing && isDarkable ? blinkByWriting(shown, frames(DARK), params.blinks) : shown
  },
  reader: readModbusRtu,
})

function contentOf(state: LedState, params: Params): MapContent | null {
  if (state.kind !== 'number') return { ...DARK, label: stateText(state.kind, params) }
  const [label, digits] = [shortLabel(state.label), onlyDigits(state.label)]
  if (label === null || digits === null) return null
  return { label, isNumber: true, digits, counter: state.counterName, isFlashing: state.blink }
}

/**
 * LED number modules that are Modbus RTU servers. Sources disagree on registers, so each kind of module is a profile:
 * - dm36: registers 0-5 hold one ASCII character each ("A012").
 * - tm1650: register 0 the number, 1 the decimal point, 2 brightness, 3 flash. It has no letters.
 */
import { z } from 'zod'
import type { LedState } from '#main/host/device-documents.ts'
import { toAscii } from '#main/host/devices/ascii.ts'
import { defineLedDriver } from '#main/host/devices/led/driver.ts'
import { writeRegister, writeRegisters } from '#main/host/devices/led/modbus-frame.ts'

const DM36_CHARACTERS = 6
/** Four seven-segment digits. */
const TM1650_HIGHEST = 9999
const FLASH_REGISTER = 3

const ShortText = z.string().max(DM36_CHARACTERS)

const Parameters = z.strictObject({
  unit: z.int().min(1).max(247).default(1),
  profile: z.enum(['dm36', 'tm1650']).default('dm36'),
  /** Time for the module's answer on a two-wire bus; two frames closer than that would collide with it. */
  gapMs: z.int().min(5).max(1000).default(50),
  /** dm36 only. */
  idleText: ShortText.default('----'),
  closedText: ShortText.default(''),
  /** tm1650 only. */
  brightness: z.int().min(0).max(8).default(4),
})

export const modbusRtu = defineLedDriver({
  id: 'modbus-rtu',
  name: 'Modul angka Modbus RTU',
  parameters: Parameters,
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  showsPrefix: (params) => params.profile !== 'tm1650',
  encode(state, params) {
    const bytes = params.profile === 'dm36' ? dm36(state, params) : tm1650(state, params)
    return bytes.map((frame) => ({ bytes: frame, gapMs: params.gapMs }))
  },
})

function dm36(state: LedState, params: z.output<typeof Parameters>): Uint8Array[] {
  const text = dm36Text(state, params)
  if (text.length > DM36_CHARACTERS) return []
  const characters = [...Buffer.from(text.padStart(DM36_CHARACTERS), 'latin1')]
  return [writeRegisters(params.unit, 0, characters)]
}

function dm36Text(state: LedState, params: z.output<typeof Parameters>): string {
  if (state.kind === 'closed') return toAscii(params.closedText)
  if (state.kind === 'idle') return toAscii(params.idleText)
  return toAscii(state.label.prefix + state.label.digits)
}

/** Nothing called shows 0: the module has no blank. */
function tm1650(state: LedState, params: z.output<typeof Parameters>): Uint8Array[] {
  const number = state.kind === 'number' ? Number(state.label.digits) : 0
  if (!Number.isInteger(number) || number < 0 || number > TM1650_HIGHEST) return []
  const flash = state.kind === 'number' && state.blink ? 1 : 0
  return [
    writeRegisters(params.unit, 0, [number, 0, params.brightness]),
    writeRegister(params.unit, FLASH_REGISTER, flash),
  ]
}

/** Fills a register map with what is to be shown, and writes it with as few frames as its functions allow. */
import { writeRegister, writeRegisters } from '#main/host/devices/led/modbus/modbus-frame.ts'
import type { MapEntry, RegisterMap } from '#main/host/devices/led/modbus/register-map.ts'
import { words } from '#main/host/devices/led/shown-text.ts'

/** `label` may be words; `digits` is empty when no number is shown. */
export type MapContent = { label: string; isNumber: boolean; digits: string; counter: string; isFlashing: boolean }

type Run = { register: number; values: number[]; function: 6 | 16 }

/** Frames for the whole map; null when the number does not fit one of its entries. */
export function writeMap(unit: number, map: RegisterMap, content: MapContent): Uint8Array[] | null {
  const runs: Run[] = []
  for (const entry of map) {
    const values = valuesOf(entry, content)
    if (!values) return null
    const last = runs.at(-1)
    const continues =
      last?.function === 16 && entry.function === 16 && last.register + last.values.length === entry.register
    if (continues) last.values.push(...values)
    else runs.push({ register: entry.register, values, function: entry.function })
  }
  return runs.flatMap((run) => framesOf(unit, run))
}

function framesOf(unit: number, { register, values, function: code }: Run): Uint8Array[] {
  if (code === 16) return [writeRegisters(unit, register, values)]
  return values.map((value, index) => writeRegister(unit, register + index, value))
}

function valuesOf(entry: MapEntry, content: MapContent): number[] | null {
  switch (entry.holds) {
    case 'fixed':
      return [entry.value]
    case 'flash':
      return [content.isFlashing ? entry.on : entry.off]
    case 'characters':
      return characterValues(entry, content)
    case 'digits':
      return digitValues(entry, content.digits)
    case 'number':
      return numberValues(entry, content.digits)
  }
}

function characterValues(entry: Extract<MapEntry, { holds: 'characters' }>, content: MapContent): number[] | null {
  const { count } = entry
  const isNumber = entry.of === 'label' && content.isNumber
  if (isNumber && content.label.length > count) return null
  const text = isNumber ? content.label : words(entry.of === 'label' ? content.label : content.counter, count)
  const codes = [...Buffer.from(entry.align === 'left' ? text.padEnd(count) : text.padStart(count), 'latin1')]
  if (entry.first === 'right') codes.reverse()
  if (entry.perRegister === 1) return codes
  const pairs = Math.ceil(count / 2)
  return Array.from({ length: pairs }, (_, index) => (codes[index * 2] ?? 0x20) * 256 + (codes[index * 2 + 1] ?? 0x20))
}

function digitValues({ count, blank, first }: Extract<MapEntry, { holds: 'digits' }>, digits: string): number[] | null {
  if (digits.length > count) return null
  const places = [...Array.from({ length: count - digits.length }, () => blank), ...[...digits].map(Number)]
  return first === 'left' ? places : places.reverse()
}

/** Nothing called is 0: a register has no blank. */
function numberValues(entry: Extract<MapEntry, { holds: 'number' }>, digits: string): number[] | null {
  const number = digits === '' ? 0 : Number(digits)
  const places = entry.words === 1 ? 0xffff : 0xffff_ffff
  if (number > Math.min(entry.highest, places)) return null
  if (entry.words === 1) return [number]
  const halves = [Math.floor(number / 0x1_0000), number % 0x1_0000]
  return entry.first === 'high' ? halves : halves.reverse()
}

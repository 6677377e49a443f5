/**
 * Reads the register writes that drivers/modbus-rtu.ts sends, and shows what the module's register map makes of them. A real
 * module finds the start of a frame by silence; bytes in a buffer have no silence, so here a frame is whatever ends at the
 * newest byte with a length and a CRC that fit.
 */
import { hasValidCrc, WRITE_MANY, WRITE_ONE } from '#main/host/devices/led/modbus/modbus-frame.ts'
import { mapOf } from '#main/host/devices/led/modbus/profiles.ts'
import type { MapEntry } from '#main/host/devices/led/modbus/register-map.ts'
import type { DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'

/** Longest Modbus RTU frame (serial line guide V1.02, 2.5.1.1). */
const LONGEST_FRAME = 256
const ONE_REGISTER_FRAME = 8

export function readModbusRtu(params: Parameters<typeof mapOf>[0] & { unit: number }): DisplayReader {
  const map = mapOf(params)
  const recent: number[] = []
  const registers = new Map<number, number>()

  /** A complete write that ends at the newest byte, or null. */
  function frameEndingHere(): Uint8Array | null {
    for (let start = 0; start <= recent.length - ONE_REGISTER_FRAME; start++) {
      if (expectedLength(recent, start) !== recent.length - start) continue
      const frame = Uint8Array.from(recent.slice(start))
      if (hasValidCrc(frame)) return frame
    }
    return null
  }

  function store(frame: Uint8Array): void {
    if (frame[0] !== params.unit) return
    const view = new DataView(frame.buffer)
    const first = view.getUint16(2)
    if (frame[1] === WRITE_ONE) registers.set(first, view.getUint16(4))
    else
      for (let index = 0; index < view.getUint16(4); index++)
        registers.set(first + index, view.getUint16(7 + index * 2))
  }

  return {
    feed(bytes) {
      for (const byte of bytes) {
        recent.push(byte)
        if (recent.length > LONGEST_FRAME) recent.shift()
        const frame = frameEndingHere()
        if (frame) store(frame)
      }
    },
    shown: () =>
      map
        .map((entry) => textOf(entry, registers))
        .filter((line) => line !== null)
        .join('\n')
        .trimEnd(),
  }
}

/** Length that the header at `start` announces; 0 when it is no header of a write. */
function expectedLength(bytes: number[], start: number): number {
  const functionCode = bytes[start + 1]
  if (functionCode === WRITE_ONE) return ONE_REGISTER_FRAME
  if (functionCode !== WRITE_MANY) return 0
  const dataBytes = bytes[start + 6] ?? 0
  const registers = (bytes[start + 4] ?? 0) * 256 + (bytes[start + 5] ?? 0)
  return dataBytes === registers * 2 ? 9 + dataBytes : 0
}

/** What one entry shows; null when it is nothing to read (brightness, flash) or was not written yet. */
function textOf(entry: MapEntry, registers: ReadonlyMap<number, number>): string | null {
  if (entry.holds === 'fixed' || entry.holds === 'flash') return null
  const size = entry.holds === 'number' ? entry.words : registerCount(entry)
  const values = Array.from({ length: size }, (_, index) => registers.get(entry.register + index) ?? 0)
  if (!registers.has(entry.register)) return null
  if (entry.holds === 'number') {
    const halves = entry.first === 'high' ? values : values.toReversed()
    return String(halves.reduce((sum, word) => sum * 0x1_0000 + word, 0))
  }
  if (entry.holds === 'digits') {
    const places = entry.first === 'left' ? values : values.toReversed()
    return places
      .map((value) => (value === entry.blank && value > 9 ? ' ' : String(value)))
      .join('')
      .trim()
  }
  const codes = entry.perRegister === 1 ? values : values.flatMap((value) => [value >> 8, value & 0xff])
  const text = String.fromCharCode(...(entry.first === 'left' ? codes : codes.toReversed()))
  return text.trim()
}

function registerCount(entry: Extract<MapEntry, { holds: 'characters' | 'digits' }>): number {
  return entry.holds === 'characters' && entry.perRegister === 2 ? Math.ceil(entry.count / 2) : entry.count
}

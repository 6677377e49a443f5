/**
 * Reads the register writes that modbus-rtu.ts sends. A real module finds the start of a frame by silence; bytes in a
 * buffer have no silence, so here a frame is whatever ends at the newest byte with a length and a CRC that fit.
 */
import { hasValidCrc, WRITE_MANY, WRITE_ONE } from '#main/host/devices/led/modbus-frame.ts'
import type { DisplayReader } from '#main/host/devices/led/readers/display-reader.ts'

/** Longest Modbus RTU frame (serial line guide V1.02, 2.5.1.1). */
const LONGEST_FRAME = 256
const ONE_REGISTER_FRAME = 8
/** Writing this many registers from 0 is the dm36 way: one character each. */
const CHARACTER_REGISTERS = 6

export function readModbusRtu(): DisplayReader {
  const recent: number[] = []
  let shown = ''

  /** A complete write that ends at the newest byte, or null. */
  function frameEndingHere(): Uint8Array | null {
    for (let start = 0; start <= recent.length - ONE_REGISTER_FRAME; start++) {
      if (expectedLength(recent, start) !== recent.length - start) continue
      const frame = Uint8Array.from(recent.slice(start))
      if (hasValidCrc(frame)) return frame
    }
    return null
  }

  return {
    feed(bytes) {
      for (const byte of bytes) {
        recent.push(byte)
        if (recent.length > LONGEST_FRAME) recent.shift()
        const frame = frameEndingHere()
        if (frame) shown = textOf(frame) ?? shown
      }
    },
    shown: () => shown,
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

/** What the write shows, or null when it changes something else (brightness, flash). */
function textOf(frame: Uint8Array): string | null {
  const view = new DataView(frame.buffer)
  const firstRegister = view.getUint16(2)
  if (firstRegister !== 0) return null
  if (view.getUint8(1) === WRITE_ONE) return String(view.getUint16(4))
  const registers = Array.from({ length: view.getUint16(4) }, (_, index) => view.getUint16(7 + index * 2))
  const number = registers[0]
  if (number === undefined) return null
  return registers.length === CHARACTER_REGISTERS ? String.fromCharCode(...registers).trim() : String(number)
}

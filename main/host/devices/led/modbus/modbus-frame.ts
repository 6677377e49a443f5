/// <reference path="./modbus-crc16.d.ts" />
/**
 * Modbus RTU write requests (MODBUS Application Protocol V1.1b3, 6.6 and 6.12; serial line guide V1.02, 2.5.1):
 * `unit function registerHi registerLo .. crcLo crcHi`.
 */
import crc16 from 'modbus-serial/utils/crc16.js'

export const WRITE_ONE = 0x06
export const WRITE_MANY = 0x10

/** Function 06: one 16-bit register. */
export function writeRegister(unit: number, register: number, value: number): Uint8Array {
  return withCrc([unit, WRITE_ONE, ...word(register), ...word(value)])
}

/** Function 16: registers in a row, at most 123. */
export function writeRegisters(unit: number, first: number, values: number[]): Uint8Array {
  return withCrc([
    unit,
    WRITE_MANY,
    ...word(first),
    ...word(values.length),
    values.length * 2,
    ...values.flatMap((value) => word(value)),
  ])
}

export function hasValidCrc(frame: Uint8Array): boolean {
  const [low, high] = crcBytes(frame.subarray(0, -2))
  return frame.at(-2) === low && frame.at(-1) === high
}

function withCrc(body: number[]): Uint8Array {
  return Uint8Array.from([...body, ...crcBytes(Uint8Array.from(body))])
}

function crcBytes(body: Uint8Array): [number, number] {
  const crc = crc16(body)
  return [crc & 0xff, crc >> 8]
}

function word(value: number): [number, number] {
  return [value >> 8, value & 0xff]
}

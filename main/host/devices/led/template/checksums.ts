/// <reference path="../modbus/modbus-crc16.d.ts" />
/**
 * Check sums of small serial protocols. The CRCs are those of the catalogue of parametrised CRC algorithms, with its check
 * values for "123456789": MODBUS 4B37, CCITT-FALSE (IBM-3740) 29B1, XMODEM 31C3.
 */
import crc16 from 'modbus-serial/utils/crc16.js'

/** `bytes` of the sum, and which of them goes first when the template asks for no order. */
type Checksum = { size: 1 | 2; first: 'high' | 'low'; of(bytes: Uint8Array): number }

const CCITT_POLYNOMIAL = 0x1021

export const CHECKSUMS = {
  sum8: { size: 1, first: 'high', of: (bytes) => sum(bytes) & 0xff },
  sum16: { size: 2, first: 'high', of: (bytes) => sum(bytes) & 0xffff },
  xor: { size: 1, first: 'high', of: (bytes) => bytes.reduce((all, byte) => all ^ byte, 0) },
  /** Two's complement of the sum, as in Modbus ASCII; where the word means an exclusive or, use xor. */
  lrc: { size: 1, first: 'high', of: (bytes) => -sum(bytes) & 0xff },
  'crc16-modbus': { size: 2, first: 'low', of: (bytes) => crc16(bytes) },
  'crc16-ccitt': { size: 2, first: 'high', of: (bytes) => ccitt(bytes, 0xffff) },
  'crc16-xmodem': { size: 2, first: 'high', of: (bytes) => ccitt(bytes, 0) },
} as const satisfies Record<string, Checksum>

export type ChecksumName = keyof typeof CHECKSUMS

export function isChecksumName(name: string): name is ChecksumName {
  return Object.hasOwn(CHECKSUMS, name)
}

function sum(bytes: Uint8Array): number {
  return bytes.reduce((all, byte) => all + byte, 0)
}

function ccitt(bytes: Uint8Array, start: number): number {
  let crc = start
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 0x8000 ? ((crc << 1) ^ CCITT_POLYNOMIAL) & 0xffff : (crc << 1) & 0xffff
    }
  }
  return crc
}

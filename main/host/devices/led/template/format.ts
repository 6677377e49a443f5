/** How a value of a template becomes bytes: `{number:04}`, `{text:<20}`, `{addr:bin8}`. */
import { asciiBytes } from '#main/host/devices/led/shown-text.ts'

export type Format =
  | { kind: 'text' }
  /** Filled up with zeros in front. */
  | { kind: 'zeros'; width: number }
  /** Filled up with spaces behind (`<`) or in front (`>`). */
  | { kind: 'left' | 'right'; width: number }
  /** Capital hexadecimal characters. */
  | { kind: 'hex'; width: number }
  | { kind: 'bin8' }
  | { kind: 'bin16le' }
  /** Two digits in each byte, a zero in front of an odd number of them. */
  | { kind: 'bcd' }

export const FORMATS = ':04, :<20, :>6, :hex2, :bin8, :bin16le, :bcd'

/** `spec` is what stands after the colon; null when there is no such format. */
export function parseFormat(spec: string): Format | null {
  if (spec === 'bin8' || spec === 'bin16le' || spec === 'bcd') return { kind: spec }
  const [, sign, places] = /^(0|<|>|hex)([1-9][0-9]?)$/.exec(spec) ?? []
  const width = Number(places)
  if (sign === '0') return { kind: 'zeros', width }
  if (sign === '<') return { kind: 'left', width }
  if (sign === '>') return { kind: 'right', width }
  return sign === 'hex' && width <= 8 ? { kind: 'hex', width } : null
}

/** True for formats that only a number has. */
export function isNumeric({ kind }: Format): boolean {
  return kind !== 'text' && kind !== 'left' && kind !== 'right'
}

/**
 * Bytes of `text` in this format; null when it does not fit or is no number where one is needed. Only words may be cut, and
 * only where the format has a width.
 */
export function formatText(text: string, format: Format, mayBeCut: boolean): number[] | null {
  if (format.kind === 'text') return asciiBytes(text)
  if (format.kind === 'left' || format.kind === 'right') {
    if (text.length > format.width && !mayBeCut) return null
    const fitting = text.slice(0, format.width)
    return asciiBytes(format.kind === 'left' ? fitting.padEnd(format.width) : fitting.padStart(format.width))
  }
  return /^[0-9]{1,15}$/.test(text) ? formatDigits(text, format) : null
}

/** Bytes of a whole number in this format; null when it needs more places than the format has. */
export function formatNumber(value: number, format: Format): number[] | null {
  return formatText(String(value), format, false)
}

function formatDigits(digits: string, format: Format): number[] | null {
  const value = Number(digits)
  switch (format.kind) {
    case 'zeros':
      return digits.length <= format.width ? asciiBytes(digits.padStart(format.width, '0')) : null
    case 'hex': {
      const hex = value.toString(16).toUpperCase()
      return hex.length <= format.width ? asciiBytes(hex.padStart(format.width, '0')) : null
    }
    case 'bin8':
      return value <= 0xff ? [value] : null
    case 'bin16le':
      return value <= 0xffff ? [value & 0xff, value >> 8] : null
    default: {
      const even = digits.length % 2 === 0 ? digits : `0${digits}`
      return [...Buffer.from(even, 'hex')]
    }
  }
}

/** What the registers of a Modbus module hold: one entry for each thing that is written when the display changes. */
import { z } from 'zod'

export function registerMap() {
  const Register = z.int().min(0).max(65_535)
  const Word = z.int().min(0).max(65_535)
  /** 06 writes one register with each frame, 16 several in a row. */
  const WriteFunction = z.literal([6, 16])

  const Characters = z.strictObject({
    holds: z.literal('characters'),
    /** `label` is the number with its letters, or the words of an idle, paused or closed counter. */
    of: z.enum(['label', 'counter']).default('label'),
    register: Register,
    /** Characters, not registers. */
    count: z.int().min(1).max(40),
    /** Two: the first one in the high byte. */
    perRegister: z.literal([1, 2]).default(1),
    /** Which end of the text is in the lowest register. */
    first: z.enum(['left', 'right']).default('left'),
    align: z.enum(['left', 'right']).default('right'),
    function: WriteFunction.default(16),
  })

  const Digits = z.strictObject({
    holds: z.literal('digits'),
    register: Register,
    /** One digit, 0 to 9, in each register. */
    count: z.int().min(1).max(10),
    first: z.enum(['left', 'right']).default('left'),
    /** What a place without a digit holds. */
    blank: Word.default(0),
    function: WriteFunction.default(16),
  })

  const WholeNumber = z.strictObject({
    holds: z.literal('number'),
    register: Register,
    words: z.literal([1, 2]).default(1),
    /** Which half of a two-word number is in the lower register. */
    first: z.enum(['high', 'low']).default('high'),
    /** The highest number that the display has places for. */
    highest: z.int().min(9).max(4_294_967_295).default(9999),
    function: WriteFunction.default(16),
  })

  /** Written as it is with every change: a decimal point, a brightness, a colour. */
  const Fixed = z.strictObject({
    holds: z.literal('fixed'),
    register: Register,
    value: Word,
    function: WriteFunction.default(16),
  })

  const Flash = z.strictObject({
    holds: z.literal('flash'),
    register: Register,
    on: Word.default(1),
    off: Word.default(0),
    function: WriteFunction.default(16),
  })

  const MapEntry = z.discriminatedUnion('holds', [Characters, Digits, WholeNumber, Fixed, Flash])
  return z.array(MapEntry).max(20)
}
export type RegisterMap = z.output<ReturnType<typeof registerMap>>
export type MapEntry = RegisterMap[number]

export function showsLetters(map: RegisterMap): boolean {
  return map.some((entry) => entry.holds === 'characters' && entry.of === 'label')
}

/** A map that writes no number at all is a mistake of the set-up. */
export function showsNumbers(map: RegisterMap): boolean {
  return showsLetters(map) || map.some(({ holds }) => holds === 'digits' || holds === 'number')
}

/** Places for words; 0 when the display has no letters. */
export function wordLength(map: RegisterMap): number {
  const entry = map.find((one) => one.holds === 'characters' && one.of === 'label')
  return entry?.holds === 'characters' ? entry.count : 0
}

/** A printer's characters, drawn for these tests: five dots wide, seven high, and two below the line. */
import { glyphOf } from '#renderer/panel/dot-font.ts'

/** Nine rows or fewer, most significant of five bits leftmost. Capitals, digits and some signs are those of the number display. */
const ROWS: Readonly<Record<string, string>> = {
  a: '00 00 0E 01 0F 11 0F',
  b: '10 10 16 19 11 11 1E',
  c: '00 00 0E 10 10 11 0E',
  d: '01 01 0D 13 11 11 0F',
  e: '00 00 0E 11 1F 10 0E',
  f: '06 09 08 1C 08 08 08',
  g: '00 00 0F 11 11 11 0F 01 0E',
  h: '10 10 16 19 11 11 11',
  i: '04 00 0C 04 04 04 0E',
  j: '02 00 06 02 02 02 02 12 0C',
  k: '10 10 12 14 18 14 12',
  l: '0C 04 04 04 04 04 0E',
  m: '00 00 1A 15 15 15 15',
  n: '00 00 16 19 11 11 11',
  o: '00 00 0E 11 11 11 0E',
  p: '00 00 1E 11 11 11 1E 10 10',
  q: '00 00 0F 11 11 11 0F 01 01',
  r: '00 00 16 19 10 10 10',
  s: '00 00 0F 10 0E 01 1E',
  t: '08 08 1C 08 08 09 06',
  u: '00 00 11 11 11 13 0D',
  v: '00 00 11 11 11 0A 04',
  w: '00 00 11 11 15 15 0A',
  x: '00 00 11 0A 04 0A 11',
  y: '00 00 11 11 11 11 0F 01 0E',
  z: '00 00 1F 02 04 08 1F',
  ' ': '00',
  '!': '04 04 04 04 04 00 04',
  '"': '0A 0A 0A',
  '#': '0A 0A 1F 0A 1F 0A 0A',
  $: '04 0F 14 0E 05 1E 04',
  '%': '18 19 02 04 08 13 03',
  '&': '0C 12 14 08 15 12 0D',
  "'": '04 04 08',
  '(': '02 04 08 08 08 04 02',
  ')': '08 04 02 02 02 04 08',
  '*': '00 04 15 0E 15 04',
  '+': '00 04 04 1F 04 04',
  ',': '00 00 00 00 00 0C 04 08',
  ';': '00 0C 0C 00 0C 04 08',
  '<': '02 04 08 10 08 04 02',
  '=': '00 00 1F 00 1F',
  '?': '0E 11 01 02 04 00 04',
  '@': '0E 11 01 0D 15 15 0E',
  '[': '0E 08 08 08 08 08 0E',
  ']': '0E 02 02 02 02 02 0E',
}

/** Whether a dot is black, by row and column. Throws for a character that is not drawn here. */
export function glyph(character: string): boolean[][] {
  const own = ROWS[character]
  if (own === undefined && !/^[A-Z0-9.:/>_-]$/.test(character)) throw new Error(`no picture of ${character}`)
  if (own === undefined) return glyphOf(character).map((row) => Array.from(row, (dot) => dot === '#'))
  return own.split(' ').map((row) => {
    const bits = Number.parseInt(row, 16)
    return [16, 8, 4, 2, 1].map((bit) => (bits & bit) !== 0)
  })
}

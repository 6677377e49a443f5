/**
 * The language of the template driver: characters as they are; `\xHH \r \n \t \\ \{ \} \:`; values `{number} {prefix}
 * {counter} {addr} {text} {brightness}` with a format; `{blink?this:that}`; check sums over the bytes between `{(}` and `{)}`;
 * `{delay:100}` in ms. Whatever else stands in a template is refused with its position, before it ever reaches a display.
 */
import { CHECKSUMS, type ChecksumName, isChecksumName } from '#main/host/devices/led/template/checksums.ts'
import { FORMATS, type Format, isNumeric, parseFormat } from '#main/host/devices/led/template/format.ts'

const VALUES = ['number', 'prefix', 'counter', 'addr', 'text', 'brightness'] as const
export type ValueName = (typeof VALUES)[number]

export type Part =
  | { kind: 'bytes'; bytes: number[] }
  | { kind: 'value'; name: ValueName; format: Format }
  | { kind: 'blink'; whenBlinking: Part[]; otherwise: Part[] }
  | { kind: 'rangeBegin' }
  | { kind: 'rangeEnd' }
  | { kind: 'check'; name: ChecksumName; format: Format }
  | { kind: 'delay'; ms: number }

/** `position` counts characters from 1. */
export class TemplateError extends Error {
  override name = 'TemplateError'
  readonly position: number

  constructor(index: number, problem: string) {
    super(`huruf ke-${index + 1}: ${problem}`)
    this.position = index + 1
  }
}

/** What a template may use besides characters and escapes: `{blink?..}` counts as the value `blink`. */
export type Allowed = readonly (ValueName | 'blink')[]

const LONGEST_DELAY_MS = 10_000
const ESCAPES: Readonly<Record<string, number>> = {
  r: 0x0d,
  n: 0x0a,
  t: 0x09,
  '\\': 0x5c,
  '{': 0x7b,
  '}': 0x7d,
  ':': 0x3a,
}

/** Throws TemplateError. */
export function parseTemplate(source: string, allowed: Allowed): Part[] {
  const reader = createParser(source, allowed)
  return reader.whole()
}

function createParser(source: string, allowed: Allowed) {
  let at = 0
  let isInCondition = false
  let range: 'none' | 'open' | 'closed' = 'none'
  let rangeBegan = 0

  function whole(): Part[] {
    const parts = partsUntil('')
    if (at < source.length) throw new TemplateError(at, '} tanpa { (tanda } yang dikirim ditulis \\})')
    if (range === 'open') throw new TemplateError(rangeBegan, '{(} tanpa {)}')
    if (parts[0]?.kind === 'delay') throw new TemplateError(0, 'belum ada yang dikirim sebelum jeda ini')
    return parts
  }

  /** Stops before `}`, and before any character of `ends`. */
  function partsUntil(ends: string): Part[] {
    const parts: Part[] = []
    for (;;) {
      const character = source[at]
      if (character === undefined || character === '}' || ends.includes(character)) return parts
      if (character === '{') parts.push(placeholder())
      else append(parts, character === '\\' ? escaped() : literal(character))
    }
  }

  function literal(character: string): number {
    if (!/[\x20-\x7e]/.test(character)) throw new TemplateError(at, 'hanya huruf biasa; yang lain ditulis \\xHH')
    at++
    return character.charCodeAt(0)
  }

  function escaped(): number {
    const [all, hex, letter = ''] = /^\\(?:x([0-9a-fA-F]{2})|(.))/.exec(source.slice(at, at + 4)) ?? []
    const byte = hex === undefined ? ESCAPES[letter] : Number.parseInt(hex, 16)
    if (all === undefined || byte === undefined) {
      throw new TemplateError(at, 'tanda \\ ini tidak dikenal; yang dikenal: \\xHH \\r \\n \\t \\\\ \\{ \\} \\:')
    }
    at += all.length
    return byte
  }

  function placeholder(): Part {
    const begin = at
    if (source.startsWith('{blink?', at)) return condition()
    const end = source.indexOf('}', at)
    if (end < 0) throw new TemplateError(begin, '{ tanpa } (tanda { yang dikirim ditulis \\{)')
    const inside = source.slice(at + 1, end)
    at = end + 1
    if (inside === '(' || inside === ')') return rangeMark(inside, begin)
    const colon = inside.indexOf(':')
    const name = colon < 0 ? inside : inside.slice(0, colon)
    const spec = colon < 0 ? null : inside.slice(colon + 1)
    if (name === 'delay') return delay(spec, begin)
    if (isChecksumName(name)) return check(name, spec, begin)
    if (isValueName(name)) return value(name, spec, begin)
    throw new TemplateError(begin, `{${inside}} tidak dikenal; yang dikenal: ${known()}`)
  }

  function condition(): Part {
    const begin = at
    mustBeAllowed('blink', begin)
    if (isInCondition) throw new TemplateError(begin, '{blink?..} di dalam {blink?..} lain')
    isInCondition = true
    at += '{blink?'.length
    const whenBlinking = partsUntil(':')
    const hasOtherwise = source[at] === ':'
    if (hasOtherwise) at++
    const otherwise = hasOtherwise ? partsUntil('') : []
    if (source[at] !== '}') throw new TemplateError(begin, '{blink? tanpa }')
    at++
    isInCondition = false
    return { kind: 'blink', whenBlinking, otherwise }
  }

  function rangeMark(mark: '(' | ')', begin: number): Part {
    if (isInCondition) throw new TemplateError(begin, `{${mark}} di dalam {blink?..}`)
    if ((range === 'open') !== (mark === ')')) {
      throw new TemplateError(begin, mark === '(' ? '{(} di dalam {(} lain' : '{)} tanpa {(}')
    }
    range = mark === '(' ? 'open' : 'closed'
    rangeBegan = begin
    return { kind: mark === '(' ? 'rangeBegin' : 'rangeEnd' }
  }

  function check(name: ChecksumName, spec: string | null, begin: number): Part {
    if (range !== 'closed') throw new TemplateError(begin, `sebelum {${name}} harus ada {(} dan {)}`)
    const format: Format = spec === null ? { kind: 'text' } : formatOf(spec, begin)
    const { size } = CHECKSUMS[name]
    const isBinary = format.kind === 'text' || format.kind === (size === 1 ? 'bin8' : 'bin16le')
    const isWideEnough = format.kind === 'hex' && format.width >= size * 2
    if (!isBinary && !isWideEnough) throw new TemplateError(begin, `{${name}} tidak punya bentuk :${spec}`)
    return { kind: 'check', name, format }
  }

  function value(name: ValueName, spec: string | null, begin: number): Part {
    mustBeAllowed(name, begin)
    const format: Format = spec === null ? { kind: 'text' } : formatOf(spec, begin)
    if (isNumeric(format) && (name === 'prefix' || name === 'text')) {
      throw new TemplateError(begin, `{${name}} bukan angka, jadi tidak punya bentuk :${spec}`)
    }
    return { kind: 'value', name, format }
  }

  function delay(spec: string | null, begin: number): Part {
    const ms = spec !== null && /^[0-9]{1,5}$/.test(spec) ? Number(spec) : 0
    if (ms < 1 || ms > LONGEST_DELAY_MS)
      throw new TemplateError(begin, `{delay:ms} harus 1 sampai ${LONGEST_DELAY_MS} ms`)
    return { kind: 'delay', ms }
  }

  function formatOf(spec: string, begin: number): Format {
    const format = parseFormat(spec)
    if (!format) throw new TemplateError(begin, `bentuk :${spec} tidak dikenal; yang dikenal: ${FORMATS}`)
    return format
  }

  function mustBeAllowed(name: ValueName | 'blink', begin: number): void {
    if (!allowed.includes(name))
      throw new TemplateError(begin, `{${name}} tidak berarti di sini; yang dikenal: ${known()}`)
  }

  function known(): string {
    const values = allowed.map((name) => (name === 'blink' ? '{blink?..:..}' : `{${name}}`))
    return [...values, '{(}', '{)}', ...Object.keys(CHECKSUMS).map((name) => `{${name}}`), '{delay:ms}'].join(' ')
  }

  return { whole }
}

function append(parts: Part[], byte: number): void {
  const last = parts.at(-1)
  if (last?.kind === 'bytes') last.bytes.push(byte)
  else parts.push({ kind: 'bytes', bytes: [byte] })
}

function isValueName(name: string): name is ValueName {
  return (VALUES as readonly string[]).includes(name)
}

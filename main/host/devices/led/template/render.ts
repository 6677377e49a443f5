/** A parsed template and the values of one moment become bytes. */
import { CHECKSUMS } from '#main/host/devices/led/template/checksums.ts'
import { type Format, formatNumber, formatText } from '#main/host/devices/led/template/format.ts'
import type { Part, ValueName } from '#main/host/devices/led/template/parse.ts'

/** What the placeholders stand for: printable ASCII. `hasWords`: `text` is words, which may be cut, and not a number. */
export type TemplateValues = Record<ValueName, string> & { isBlinking: boolean; hasWords: boolean }

/** Bytes that go out together, and the delay that the template wants after them. */
export type Piece = { bytes: Uint8Array; delayMs: number }

/** Null when a value does not fit its format: then this display cannot show it. */
export function renderTemplate(parts: readonly Part[], values: TemplateValues): Piece[] | null {
  const pieces: { bytes: number[]; delayMs: number }[] = [{ bytes: [], delayMs: 0 }]
  let ranged: number[] = []
  let isInRange = false
  let fits = true

  function send(bytes: number[] | null): void {
    if (!bytes) fits = false
    else {
      pieces.at(-1)?.bytes.push(...bytes)
      if (isInRange) ranged.push(...bytes)
    }
  }

  function run(part: Part): void {
    switch (part.kind) {
      case 'bytes':
        send(part.bytes)
        return
      case 'value':
        send(valueBytes(part.name, part.format, values))
        return
      case 'blink':
        for (const inner of values.isBlinking ? part.whenBlinking : part.otherwise) run(inner)
        return
      case 'rangeBegin':
        ranged = []
        isInRange = true
        return
      case 'rangeEnd':
        isInRange = false
        return
      case 'check':
        send(checkBytes(part, ranged))
        return
      case 'delay': {
        const last = pieces.at(-1)
        if (last) last.delayMs = part.ms
        pieces.push({ bytes: [], delayMs: 0 })
      }
    }
  }

  parts.forEach(run)
  if (!fits) return null
  return pieces
    .filter(({ bytes }) => bytes.length > 0)
    .map(({ bytes, delayMs }) => ({ bytes: Uint8Array.from(bytes), delayMs }))
}

function valueBytes(name: ValueName, format: Format, values: TemplateValues): number[] | null {
  const mayBeCut = name === 'counter' || (name === 'text' && values.hasWords)
  return formatText(values[name], format, mayBeCut)
}

function checkBytes({ name, format }: Extract<Part, { kind: 'check' }>, ranged: number[]): number[] | null {
  const { size, first, of } = CHECKSUMS[name]
  const sum = of(Uint8Array.from(ranged))
  if (format.kind !== 'text') return formatNumber(sum, format)
  if (size === 1) return [sum]
  return first === 'low' ? [sum & 0xff, sum >> 8] : [sum >> 8, sum & 0xff]
}

/**
 * For displays that no other driver knows: the technician writes what is sent, in the language of template/parse.ts, or takes
 * one of the presets (template/presets.ts, with their sources) and changes what differs.
 */
import { z } from 'zod'
import type { LedState } from '#main/host/device-documents.ts'
import { toAscii } from '#main/host/devices/ascii.ts'
import { blinkByWriting, blinksParameter } from '#main/host/devices/led/blink.ts'
import { defineLedDriver, type Frame } from '#main/host/devices/led/driver.ts'
import { labelText, onlyDigits, stateText } from '#main/host/devices/led/shown-text.ts'
import { type Allowed, type Part, parseTemplate, TemplateError } from '#main/host/devices/led/template/parse.ts'
import { PRESETS, type PresetName, TEMPLATE_NAMES, type TemplateName } from '#main/host/devices/led/template/presets.ts'
import { renderTemplate, type TemplateValues } from '#main/host/devices/led/template/render.ts'

const SET_UP = ['addr', 'brightness'] as const
const ALLOWED: Readonly<Record<TemplateName, Allowed>> = {
  init: SET_UP,
  show: ['number', 'prefix', 'counter', 'text', 'blink', ...SET_UP],
  message: ['text', ...SET_UP],
  clear: SET_UP,
  blinkOn: SET_UP,
  blinkOff: SET_UP,
  setBrightness: SET_UP,
}

/** What has to fit every template, whatever the address and the brightness. */
const SHORTEST = { number: '1', prefix: 'A', counter: '1', text: 'A' }

const template = () => z.string().max(400).optional()
const wordsParameter = () => z.string().max(80)
const presetNames = Object.keys(PRESETS) as [PresetName, ...PresetName[]]

function parameters() {
  return z
    .strictObject({
      preset: z.enum(presetNames).default('plain').meta({ title: 'Contoh setelan' }),
      /** Each replaces that of the preset; empty: nothing is sent. */
      init: template().meta({ title: 'Kiriman saat tersambung' }),
      show: template().meta({ title: 'Kiriman nomor' }),
      message: template().meta({ title: 'Kiriman teks' }),
      clear: template().meta({ title: 'Kiriman kosongkan layar' }),
      blinkOn: template().meta({ title: 'Kiriman mulai berkedip' }),
      blinkOff: template().meta({ title: 'Kiriman berhenti berkedip' }),
      setBrightness: template().meta({ title: 'Kiriman kecerahan' }),
      addr: z
        .string()
        .regex(/^[\x20-\x7e]{0,8}$/)
        .default('01')
        .meta({ title: 'Alamat layar' }),
      brightness: z.int().min(0).max(255).default(255).meta({ title: 'Kecerahan' }),
      gapMs: z.int().min(0).max(2000).default(50).meta({ title: 'Jeda antarperintah (ms)' }),
      /** Where the templates say nothing of blinking. */
      blinks: blinksParameter(),
      /** What the display must answer to each template; empty: nothing is waited for. Characters and escapes only. */
      reply: z.string().max(80).default('').meta({ title: 'Balasan layar' }),
      replyTimeoutMs: z.int().min(20).max(5000).default(500).meta({ title: 'Batas waktu balasan (ms)' }),
      idleText: wordsParameter().default('SELAMAT DATANG').meta({ title: 'Teks siaga' }),
      pausedText: wordsParameter().default('LOKET JEDA SEBENTAR').meta({ title: 'Teks jeda' }),
      closedText: wordsParameter().default('LOKET TUTUP').meta({ title: 'Teks tutup' }),
    })
    .superRefine((params, context) => {
      const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
      for (const name of TEMPLATE_NAMES) {
        const problem = problemOf(() => parsed(params, name))
        if (problem !== null) refuse(name, problem)
      }
      const replyProblem = problemOf(() => replyBytes(params.reply))
      if (replyProblem !== null) refuse('reply', replyProblem)
      if (context.issues.length > 0) return
      if (!uses(parsed(params, 'show'), ['number', 'text'])) refuse('show', 'tidak mengirim {number} ataupun {text}')
      if (isEmpty(params, 'message') && isEmpty(params, 'clear')) refuse('clear', 'tidak ada yang menghapus nomor lama')
      for (const name of TEMPLATE_NAMES) {
        const values = { ...valuesFor(params), ...SHORTEST }
        if (!renderTemplate(parsed(params, name), values)) refuse(name, 'ada nilai yang tidak muat dalam bentuknya')
      }
    })
}
type Params = z.output<ReturnType<typeof parameters>>

export const driver = defineLedDriver({
  id: 'template',
  name: 'Layar lain: kiriman ditulis sendiri',
  parameters,
  serial: { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  showsPrefix: (params) => uses(parsed(params, 'show'), ['prefix', 'text']),
  busAddress: (params) => (isAddressed(params) ? plainAddress(params.addr) : null),
  init: (params) => [
    ...(framesOf(params, 'init', valuesFor(params)) ?? []),
    ...(framesOf(params, 'setBrightness', valuesFor(params)) ?? []),
  ],
  encode: (state, params) => (state.kind === 'number' ? numberFrames(state, params) : wordFrames(state, params)) ?? [],
})

function numberFrames(state: Extract<LedState, { kind: 'number' }>, params: Params): Frame[] | null {
  const [number, text] = [onlyDigits(state.label), labelText(state.label)]
  if (number === null || text === null) return null
  const labels = { number, text, prefix: state.label.prefix, counter: toAscii(state.counterName), hasWords: false }
  const values = { ...valuesFor(params), ...labels, isBlinking: state.blink }
  const shown = framesOf(params, 'show', values)
  const after = framesOf(params, state.blink ? 'blinkOn' : 'blinkOff', values)
  if (!shown || !after) return null
  const sayBlinking = !isEmpty(params, 'blinkOn') || parsed(params, 'show').some(({ kind }) => kind === 'blink')
  if (!state.blink || sayBlinking || isEmpty(params, 'clear')) return [...shown, ...after]
  return blinkByWriting(shown, framesOf(params, 'clear', values) ?? [], params.blinks)
}

function wordFrames({ kind }: Exclude<LedState, { kind: 'number' }>, params: Params): Frame[] | null {
  const text = toAscii(stateText(kind, params))
  const isCleared = isEmpty(params, 'message') || (text === '' && !isEmpty(params, 'clear'))
  const values = { ...valuesFor(params), text, hasWords: true }
  const shown = framesOf(params, isCleared ? 'clear' : 'message', values)
  return shown && [...(framesOf(params, 'blinkOff', values) ?? []), ...shown]
}

/** The display may answer a whole template, not each of its pieces. */
function framesOf(params: Params, name: TemplateName, values: TemplateValues): Frame[] | null {
  const pieces = renderTemplate(parsed(params, name), values)
  const bytes = replyBytes(params.reply)
  return (
    pieces?.map((piece, index) => {
      const frame = { bytes: piece.bytes, gapMs: Math.max(piece.delayMs, params.gapMs) }
      const isAnswered = index === pieces.length - 1 && bytes.length > 0
      return isAnswered ? { ...frame, reply: { bytes, timeoutMs: params.replyTimeoutMs } } : frame
    }) ?? null
  )
}

function valuesFor({ addr, brightness }: Params): TemplateValues {
  const none = { number: '', prefix: '', counter: '', text: '', isBlinking: false, hasWords: false }
  return { ...none, addr, brightness: String(brightness) }
}

function sourceOf(params: Params, name: TemplateName): string {
  return params[name] ?? PRESETS[params.preset][name]
}

function isEmpty(params: Params, name: TemplateName): boolean {
  return sourceOf(params, name) === ''
}

/** Throws TemplateError, but not for parameters that were accepted. */
function parsed(params: Params, name: TemplateName): Part[] {
  return parseTemplate(sourceOf(params, name), ALLOWED[name])
}

/** Each of its messages has to say for whom it is. */
function isAddressed(params: Params): boolean {
  const sent = TEMPLATE_NAMES.filter((name) => !isEmpty(params, name))
  return params.addr !== '' && sent.every((name) => uses(parsed(params, name), ['addr']))
}

/** A format can send 5 and 05 as the same bytes. */
function plainAddress(addr: string): string {
  return /^[0-9]+$/.test(addr) ? String(Number(addr)) : addr
}

function replyBytes(source: string): Uint8Array {
  const parts = parseTemplate(source, [])
  return Uint8Array.from(
    parts.flatMap((part) => {
      if (part.kind !== 'bytes') throw new TemplateError(0, 'balasan hanya berisi huruf dan tanda \\')
      return part.bytes
    }),
  )
}

function uses(parts: readonly Part[], names: readonly string[]): boolean {
  return parts.some(
    (part) =>
      (part.kind === 'value' && names.includes(part.name)) ||
      (part.kind === 'blink' && uses(part.whenBlinking, names) && uses(part.otherwise, names)),
  )
}

function problemOf(parse: () => unknown): string | null {
  try {
    parse()
    return null
  } catch (error) {
    if (error instanceof TemplateError) return error.message
    throw error
  }
}

/** What a technician types after `devices`. */
import { parseArgs } from 'node:util'
import { SerialSettings } from '#main/host/devices/serial/serial-settings.ts'

const OPTIONS = {
  data: { type: 'string' },
  json: { type: 'boolean' },
  port: { type: 'string' },
  baud: { type: 'string' },
  'data-bits': { type: 'string' },
  parity: { type: 'string' },
  'stop-bits': { type: 'string' },
  driver: { type: 'string' },
  param: { type: 'string', multiple: true },
  display: { type: 'string' },
  number: { type: 'string' },
  counter: { type: 'string' },
  show: { type: 'string' },
  seconds: { type: 'string' },
  tcp: { type: 'string' },
  printer: { type: 'string' },
  file: { type: 'string' },
  flow: { type: 'string' },
  width: { type: 'string' },
  paper: { type: 'string' },
} as const

export const USAGE = `devices list [--json]
devices test-led [--display N]                     layar ke-N dari profile.json
devices test-led --port COM3 --driver cd5220 [--param NAMA=NILAI ...] [--baud 4800 --data-bits 8 --parity even --stop-bits 1]
                 setelan serial yang tidak disebut: setelan pabrik layar itu
  keduanya:      [--number A-012] [--counter 3] [--show number|idle|paused|closed] [--seconds 5]
devices test-print                                 pencetak dari profile.json
devices test-print --tcp HOST[:PORT] | --printer NAMA | --port COM4 [--baud 19200 ... --flow rts-cts] | --file /dev/usb/lp0
                 [--width 58|80]
  keduanya:      [--paper slip|receipt]
devices sniff --port COM3 [--baud 9600 --data-bits 8 --parity none --stop-bits 1] [--seconds N]
  --data FOLDER: folder data loket, untuk yang dari profile.json`

export class UsageError extends Error {
  override name = 'UsageError'
}

export type Options = ReturnType<typeof parse>['values']
export type Command = { name: 'list' | 'test-led' | 'test-print' | 'sniff'; options: Options }

/** Throws UsageError with a sentence that says what to type. */
export function readCommand(words: readonly string[]): Command {
  const { values, positionals } = parse(words)
  const [name, ...others] = positionals
  if (others.length > 0) throw new UsageError(`Tidak dikenal: ${others.join(' ')}`)
  switch (name) {
    case 'list':
    case 'test-led':
    case 'test-print':
    case 'sniff':
      return { name, options: values }
    case undefined:
      throw new UsageError('Sebutkan perintahnya.')
    default:
      throw new UsageError(`Perintah tidak dikenal: ${name}`)
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

/** A whole number of seconds as ms, or undefined when none was named. */
export function secondsAsMs(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[0-9]{1,5}$/.test(text)) throw new UsageError(`--seconds: bukan bilangan: ${text}`)
  return Number(text) * 1_000
}

const SERIAL_OPTIONS = { baud: 'baudRate', 'data-bits': 'dataBits', parity: 'parity', 'stop-bits': 'stopBits' } as const

/** How most devices leave the factory. */
export const FACTORY: SerialSettings = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }

/** Which options say how a line is set. */
export const SERIAL = ['baud', 'data-bits', 'parity', 'stop-bits'] as const

const SERIAL_CHOICES: Readonly<Record<(typeof SERIAL)[number], string>> = {
  baud: 'bilangan 300 sampai 921600',
  'data-bits': '7 atau 8',
  parity: 'none, even atau odd',
  'stop-bits': '1 atau 2',
}

/** What was named, and the factory's own for the rest; undefined when nothing was named. */
export function serialSettings(options: Options, factory: SerialSettings): SerialSettings | undefined {
  const named = SERIAL.filter((option) => options[option] !== undefined)
  if (named.length === 0) return undefined
  const given = named.map((option) => [SERIAL_OPTIONS[option], readValue(option, options[option] ?? '')])
  const settings = SerialSettings.safeParse({ ...factory, ...Object.fromEntries(given) })
  if (settings.success) return settings.data
  const wrong = named.find((option) => settings.error.issues.some(({ path }) => path[0] === SERIAL_OPTIONS[option]))
  throw new UsageError(wrong ? `--${wrong}: ${SERIAL_CHOICES[wrong]}, bukan ${options[wrong]}` : settings.error.message)
}

function readValue(option: (typeof SERIAL)[number], text: string): string | number {
  return option === 'parity' ? text : /^[0-9]+$/.test(text) ? Number(text) : text
}

/** Nothing that was typed is passed over: an option that means nothing here is refused. `where`: "layar dari profile.json". */
export function requireOnly(options: Options, names: readonly (keyof Options)[], where: string): void {
  const other = (Object.keys(options) as (keyof Options)[]).find((name) => !names.includes(name))
  if (other) throw new UsageError(`--${other} tidak berlaku untuk ${where}.`)
}

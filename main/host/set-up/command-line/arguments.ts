/** What a technician types after `devices`. */
import { parseArgs } from 'node:util'

const OPTIONS = {
  data: { type: 'string' },
  json: { type: 'boolean', default: false },
  port: { type: 'string' },
  baud: { type: 'string' },
  'data-bits': { type: 'string', default: '8' },
  parity: { type: 'string', default: 'none' },
  'stop-bits': { type: 'string', default: '1' },
  driver: { type: 'string' },
  param: { type: 'string', multiple: true },
  display: { type: 'string' },
  number: { type: 'string', default: 'A-012' },
  counter: { type: 'string', default: '1' },
  show: { type: 'string', default: 'number' },
  seconds: { type: 'string' },
  tcp: { type: 'string' },
  printer: { type: 'string' },
  file: { type: 'string' },
  flow: { type: 'string' },
  width: { type: 'string', default: '80' },
  paper: { type: 'string', default: 'slip' },
} as const

export const USAGE = `devices list [--json]
devices test-led [--display N]                     layar ke-N dari profile.json
devices test-led --port COM3 --driver cd5220 [--param NAMA=NILAI ...] [--baud 9600 --data-bits 8 --parity none --stop-bits 1]
                 [--number A-012] [--counter 3] [--show number|idle|paused|closed] [--seconds 5]
devices test-print                                 pencetak dari profile.json
devices test-print --tcp HOST[:PORT] | --printer NAMA | --port COM4 [--baud 19200 ... --flow rts-cts] | --file /dev/usb/lp0
                 [--width 58|80] [--paper slip|receipt]
devices sniff --port COM3 [--baud 9600 --data-bits 8 --parity none --stop-bits 1] [--seconds N]
  --data FOLDER: folder data loket, tempat profile.json`

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

/** Undefined when no speed was named: then the driver's own settings are used. */
export function serialSettings(options: Options): Record<string, unknown> | undefined {
  if (options.baud === undefined) return undefined
  return {
    baudRate: Number(options.baud),
    dataBits: Number(options['data-bits']),
    parity: options.parity,
    stopBits: Number(options['stop-bits']),
  }
}

/** Which device a command means: the one described by its options, or the one in the counter's profile. */
import { type LedProfile, ledDriver, ledDriverIds } from '#main/host/devices/led/drivers.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { type DeskProfile, ProfileError, readProfile } from '#main/host/profile.ts'
import {
  FACTORY,
  type Options,
  requireOnly,
  SERIAL,
  serialSettings,
  UsageError,
} from '#main/host/set-up/command-line/arguments.ts'
import { draftDisplay, draftPrinter } from '#main/host/set-up/draft.ts'

const FOR_DISPLAYS = ['number', 'counter', 'show', 'seconds'] as const
const FOR_PRINTERS = ['paper'] as const

export function chosenDisplay(options: Options, dataDir: string | null): LedProfile {
  if (options.port === undefined) {
    const where = 'layar dari profile.json: sebutkan juga --port untuk layar lain'
    requireOnly(options, ['data', 'display', ...FOR_DISPLAYS], where)
    return displayOfProfile(options, dataDir)
  }
  requireOnly(options, ['port', 'driver', 'param', ...SERIAL, ...FOR_DISPLAYS], 'layar di --port')
  const driver = ledDriverIds.find((id) => id === options.driver)
  if (!driver) throw new UsageError(`Sebutkan juga --driver, salah satu dari: ${ledDriverIds.join(', ')}.`)
  const settings = serialSettings(options, ledDriver(driver).serial)
  const draft = draftDisplay({
    driver,
    params: Object.fromEntries((options.param ?? []).map(parameter)),
    transport: { kind: 'serial', path: options.port, ...(settings && { settings }) },
  })
  if (draft.ok) return draft.value
  throw new UsageError(`${draft.detail?.at}: ${draft.detail?.rule}`)
}

function displayOfProfile(options: Options, dataDir: string | null): LedProfile {
  const { displays } = profileIn(dataDir)
  const wanted = options.display ?? '1'
  const display = /^[0-9]+$/.test(wanted) ? displays[Number(wanted) - 1] : undefined
  if (display) return display
  throw new UsageError(
    `profile.json memuat ${displays.length} layar; layar ke-${wanted} tidak ada. Atau sebutkan --port.`,
  )
}

export function chosenPrinter(options: Options, dataDir: string | null): PrinterProfile {
  const transport = printerTransport(options)
  if (!transport) {
    const where = 'pencetak dari profile.json: sebutkan --tcp, --printer, --port atau --file untuk pencetak lain'
    requireOnly(options, ['data', ...FOR_PRINTERS], where)
    const { printer } = profileIn(dataDir)
    if (printer) return printer
    throw new UsageError('profile.json tidak memuat pencetak. Sebutkan --tcp, --printer, --port atau --file.')
  }
  const draft = draftPrinter({ width: Number(options.width ?? 80), transport })
  if (draft.ok) return draft.value
  throw new UsageError(`${draft.detail?.at}: ${draft.detail?.rule}`)
}

const WAYS = ['tcp', 'printer', 'port', 'file'] as const

function printerTransport(options: Options): Record<string, unknown> | null {
  const [way, ...others] = WAYS.filter((name) => options[name] !== undefined)
  if (others.length > 0) throw new UsageError('Sebutkan satu saja: --tcp, --printer, --port atau --file.')
  if (way === undefined) return null
  const ofLine = way === 'port' ? ([...SERIAL, 'flow'] as const) : []
  requireOnly(options, [way, 'width', ...FOR_PRINTERS, ...ofLine], `pencetak dengan --${way}`)
  const value = options[way] ?? ''
  if (way === 'tcp') {
    const [, host, number] = /^(.+?)(?::([0-9]+))?$/.exec(value) ?? []
    return { kind: 'tcp', host, ...(number && { port: Number(number) }) }
  }
  if (way === 'printer') return { kind: process.platform === 'win32' ? 'spooler' : 'cups', queue: value }
  if (way === 'file') return { kind: 'file', path: value }
  const settings = serialSettings(options, FACTORY)
  return { kind: 'serial', path: value, ...(settings && { settings }), ...(options.flow && { flow: options.flow }) }
}

function profileIn(dataDir: string | null): DeskProfile {
  if (dataDir === null) throw new UsageError('Sebutkan perangkatnya, atau --data FOLDER tempat profile.json.')
  try {
    return readProfile(dataDir)
  } catch (error) {
    if (error instanceof ProfileError) throw new UsageError(error.message)
    throw error
  }
}

/** NAME=VALUE; the value is JSON where it is JSON, else text. */
function parameter(text: string): [string, unknown] {
  const [, name, value = ''] = /^([A-Za-z]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined) throw new UsageError(`--param: tulis NAMA=NILAI, bukan ${text}`)
  try {
    return [name, JSON.parse(value)]
  } catch {
    return [name, value]
  }
}

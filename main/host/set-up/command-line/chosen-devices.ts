/** Which device a command means: the one described by its options, or the one in the counter's profile. */
import type { LedProfile } from '#main/host/devices/led/drivers.ts'
import type { PrinterProfile } from '#main/host/devices/printer/printer-profile.ts'
import { type DeskProfile, ProfileError, readProfile } from '#main/host/profile.ts'
import { type Options, serialSettings, UsageError } from '#main/host/set-up/command-line/arguments.ts'
import { draftDisplay, draftPrinter } from '#main/host/set-up/draft.ts'

export function chosenDisplay(options: Options, dataDir: string | null): LedProfile {
  if (options.port === undefined) return displayOfProfile(options, dataDir)
  if (options.driver === undefined) throw new UsageError('Sebutkan juga --driver, misalnya cd5220.')
  const settings = serialSettings(options)
  const draft = draftDisplay({
    driver: options.driver,
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
    const { printer } = profileIn(dataDir)
    if (printer) return printer
    throw new UsageError('profile.json tidak memuat pencetak. Sebutkan --tcp, --printer, --port atau --file.')
  }
  const draft = draftPrinter({ width: Number(options.width), transport })
  if (draft.ok) return draft.value
  throw new UsageError(`${draft.detail?.at}: ${draft.detail?.rule}`)
}

function printerTransport(options: Options): Record<string, unknown> | null {
  const { tcp, printer, port, file, flow } = options
  if ([tcp, printer, port, file].filter((one) => one !== undefined).length > 1) {
    throw new UsageError('Sebutkan satu saja: --tcp, --printer, --port atau --file.')
  }
  if (tcp !== undefined) {
    const [, host, number] = /^(.+?)(?::([0-9]+))?$/.exec(tcp) ?? []
    return { kind: 'tcp', host, ...(number && { port: Number(number) }) }
  }
  if (printer !== undefined) return { kind: process.platform === 'win32' ? 'spooler' : 'cups', queue: printer }
  if (file !== undefined) return { kind: 'file', path: file }
  if (port === undefined) return null
  const settings = serialSettings(options)
  return { kind: 'serial', path: port, ...(settings && { settings }), ...(flow && { flow }) }
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

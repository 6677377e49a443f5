/** Listens on a serial port and writes down what comes, until it is told to end. Nothing is sent. */

import { openEar } from '#main/host/devices/serial/open-ear.ts'
import { SerialSettings } from '#main/host/devices/serial/serial-settings.ts'
import { type Options, secondsAsMs, serialSettings, UsageError } from '#main/host/set-up/command-line/arguments.ts'
import type { Terminal } from '#main/host/set-up/command-line/run-devices.ts'

const FACTORY = { baudRate: 9600, dataBits: 8, parity: 'none', stopBits: 1 }

/** 0 when told to end; 1 when the port cannot be opened or was lost. */
export async function sniff(options: Options, { out, signal }: Terminal): Promise<number> {
  if (options.port === undefined) throw new UsageError('Sebutkan --port, misalnya --port COM3.')
  const settings = SerialSettings.safeParse(serialSettings(options) ?? FACTORY)
  if (!settings.success)
    throw new UsageError(settings.error.issues.map(({ path, message }) => `${path}: ${message}`).join('; '))
  const ms = secondsAsMs(options.seconds)
  const end = ms === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(ms)])
  const fault = await openEar(options.port, settings.data, end, (bytes) => out(lineOf(bytes)))
  if (fault) out(`${fault.code}: ${fault.detail}`)
  return fault ? 1 : 0
}

/** "10:42:07.123  02 41 03  .A." */
function lineOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
  return `${new Date().toISOString().slice(11, 23)}  ${hex}  ${text}`
}

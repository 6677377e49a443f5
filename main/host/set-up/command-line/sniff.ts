/** Listens on a serial port and writes down what comes, until it is told to end. Nothing is sent. */

import { openEar } from '#main/host/devices/serial/open-ear.ts'
import {
  FACTORY,
  type Options,
  requireOnly,
  SERIAL,
  secondsAsMs,
  serialSettings,
  UsageError,
} from '#main/host/set-up/command-line/arguments.ts'
import type { Terminal } from '#main/host/set-up/command-line/run-devices.ts'

/** 0 when told to end; 1 when the port cannot be opened or was lost. */
export async function sniff(options: Options, { out, signal }: Terminal): Promise<number> {
  if (options.port === undefined) throw new UsageError('Sebutkan --port, misalnya --port COM3.')
  requireOnly(options, ['port', 'seconds', ...SERIAL], 'sniff')
  const settings = serialSettings(options, FACTORY) ?? FACTORY
  const ms = secondsAsMs(options.seconds)
  const end = ms === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(ms)])
  const fault = await openEar(options.port, settings, end, (bytes) => out(lineOf(bytes)))
  if (fault) out(`${fault.code}: ${fault.detail}`)
  return fault ? 1 : 0
}

/** "10:42:07.123  02 41 03  .A." */
function lineOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
  const text = Array.from(bytes, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
  return `${new Date().toISOString().slice(11, 23)}  ${hex}  ${text}`
}

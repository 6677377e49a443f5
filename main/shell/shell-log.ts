/** The shell's own log. It also holds why a host did not start, because such a host cannot write a log itself. */
import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Logger, pino } from 'pino'

export type ShellLog = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

const LARGEST_LOG_BYTES = 5 * 1024 * 1024

/** A log file that stays bounded. Throws when it cannot be written. */
export function createShellLog(path: string, level: 'debug' | 'info' | 'warn' = 'info'): Logger {
  mkdirSync(dirname(path), { recursive: true })
  keepOneOlder(path)
  // Synchronous: the line that matters most is the one right before a crash.
  return pino({ level, base: { pid: process.pid } }, pino.destination({ dest: path, sync: true }))
}

/** Together the file and its predecessor stay bounded on a workstation that runs for years. */
function keepOneOlder(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`)
}

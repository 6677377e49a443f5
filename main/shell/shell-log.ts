/** The shell's own log. It also holds why a host did not start, because such a host cannot write a log itself. */
import { mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type DestinationStream, type Logger, pino } from 'pino'

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
  return pino({ level, base: { pid: process.pid } }, boundedByDisk(path))
}

/** Together the file and its predecessor stay bounded on a workstation that runs for years. */
function keepOneOlder(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > LARGEST_LOG_BYTES) renameSync(path, `${path}.1`)
}

/** Synchronous: the line that matters most is the one right before a crash. A full disk drops lines and ends no process. */
function boundedByDisk(path: string): DestinationStream {
  const file = pino.destination({ dest: path, sync: true })
  return {
    write(line) {
      try {
        file.write(line)
      } catch {
        // Nothing is left to report it to; what could not be done is answered to the screen with its own code.
      }
    },
  }
}

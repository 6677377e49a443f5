/** The shell's own log. It also holds why a host did not start, because such a host cannot write a log itself. */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { type DestinationStream, type Logger, pino } from 'pino'

export type ShellLog = {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

const LARGEST_LOG_BYTES = 5 * 1024 * 1024

/** A log file that stays bounded, together with its predecessor. Throws when it cannot be opened. */
export function createShellLog(path: string, level: 'debug' | 'info' | 'warn' = 'info'): Logger {
  mkdirSync(dirname(path), { recursive: true })
  return pino({ level, base: { pid: process.pid } }, boundedFile(path))
}

/** Synchronous: the line that matters most is the one right before a crash. A full disk drops lines and ends no process. */
function boundedFile(path: string): DestinationStream {
  let file = openSync(path, 'a')
  let size = fstatSync(file).size
  return {
    write(line) {
      try {
        if (size > LARGEST_LOG_BYTES) {
          closeSync(file)
          renameSync(path, `${path}.1`)
          file = openSync(path, 'a')
          size = 0
        }
        size += writeSync(file, line)
      } catch {
        // Nothing is left to report it to; what could not be done is answered to the screen with its own code.
      }
    },
  }
}

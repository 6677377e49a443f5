/** The host's log: the shell's file, or the shell's own output where that file cannot be written. */
import { type Logger, pino } from 'pino'
import type { HostOptions } from '#main/shell/host-protocol.ts'
import { createShellLog } from '#main/shell/shell-log.ts'

/** A folder that cannot be written is reported by the store, with a code; until then the shell's log gets the words. */
export function openLog({ logPath, logLevel }: HostOptions): Logger {
  try {
    return createShellLog(logPath, logLevel)
  } catch (error) {
    const log = pino({ level: logLevel }, pino.destination(2))
    log.error({ err: error, logPath }, 'the log file cannot be written')
    return log
  }
}

/** A log whose lines a test can read. */
import type { ShellLog } from '#main/shell/shell-log.ts'

export type RecordedLog = ShellLog & { lines: string[] }

export function createRecordedLog(): RecordedLog {
  const lines: string[] = []
  const write = (facts: object, message: string) => {
    lines.push(`${message} ${JSON.stringify(facts)}`)
  }
  return { lines, info: write, warn: write, error: write }
}

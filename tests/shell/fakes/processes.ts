/** Which processes on this machine belong to a test: those that carry its folder in their arguments or environment. */
import { readdirSync, readFileSync } from 'node:fs'

/** Linux only, as are the tests that start real shells. */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => mentions(`/proc/${pid}/cmdline`, folder) || mentions(`/proc/${pid}/environ`, folder))
    .map(Number)
}

export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return ''
  }
}

function mentions(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8').includes(text)
  } catch {
    // It ended in the meantime.
    return false
  }
}

/** The real clock of this machine. */
import { readFileSync } from 'node:fs'
import { uptime } from 'node:os'
import type { Clock } from '#main/host/ports.ts'

export function systemClock(): Clock {
  return { now: Date.now, mono: () => Number(process.hrtime.bigint() / 1_000_000n), bootId: bootId() }
}

/** Linux names each boot; elsewhere the minute of the boot does. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return `boot-${Math.round((Date.now() - uptime() * 1000) / 60_000)}`
  }
}

/** The shell's own line to a host, to say what a screen says when somebody touches it. */
import type { HostSupervisor } from '#main/shell/host-supervisor.ts'

export function openTouchLine(host: HostSupervisor): { touch(): void; close(): void } {
  const line = host.connect()
  let lastId = 0
  return {
    touch() {
      lastId += 1
      // A host that cannot be told is not there to lock anything; the next touch tells it.
      line.post({ t: 'invoke', id: lastId, method: 'session.touch', input: {} })
    },
    close: line.close,
  }
}

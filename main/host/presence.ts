/** When somebody last touched this desk. In memory: after a restart of the host the time until the lock begins anew. */
import type { Clock } from '#main/host/ports.ts'

export type Presence = {
  touch(): void
  idleMs(): number
}

export function createPresence({ mono }: Pick<Clock, 'mono'>): Presence {
  let last = mono()
  return {
    touch() {
      last = mono()
    },
    idleMs: () => Math.max(0, mono() - last),
  }
}

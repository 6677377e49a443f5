/** Kunci layar: what is personal is hidden and acts are refused until a PIN is typed. It is kept in the store and outlives the host. */
import { type HostContext, mallNow } from '#main/host/context.ts'
import { officerHere } from '#main/host/desk-state.ts'

/** Minutes without a key or click, when the mall says nothing else. */
const LOCK_AFTER_MINUTES = 10

const DONE = { ok: true, data: {} } as const

export function lock(context: HostContext) {
  const { store, repositories } = context
  if (officerHere(context) !== null && repositories.desk.get().lockedSince === null) {
    store.transaction(() => repositories.desk.set({ lockedSince: mallNow(context) }))
    context.changed()
  }
  return DONE
}

export function touch(context: HostContext) {
  context.presence.touch()
  return DONE
}

/** Asked every few seconds. */
export function lockWhenIdle(context: HostContext): void {
  const minutes = context.config()?.lockAfterMinutes ?? LOCK_AFTER_MINUTES
  if (minutes > 0 && context.presence.idleMs() >= minutes * 60_000) lock(context)
}

/** Whether acts wait for a PIN. Nobody is locked out of a desk that nobody is signed in to. */
export function isLocked(context: Pick<HostContext, 'repositories' | 'launchId'>): boolean {
  const desk = context.repositories.desk.get()
  return desk.lockedSince !== null && officerHere(context, desk) !== null
}

/** Sign-in by PIN, sign-out, and change of officer. The hand belongs to the counter's session, not to the officer. */
import type { MethodInput } from '#contract/desk-api.ts'
import type { Fact } from '#domain/events.ts'
import { afterClockChange, afterWrongPin, lockedSeconds } from '#domain/pin-back-off.ts'
import type { HostContext } from '#main/host/context.ts'
import { pinMatches } from '#main/host/pin.ts'
import { recordFacts } from '#main/host/record.ts'
import { afterCommit } from '#main/host/run-command.ts'
import { configuredServices, narrowedFor, permittedServices, takenServices } from '#main/host/services.ts'
import { isLocked } from '#main/host/use-cases/lock.ts'

const DONE = { ok: true, data: {} } as const

/** One PIN check at a time: parallel guesses must not slip under the back-off. */
export function createSignIn(context: HostContext) {
  let last: Promise<unknown> = Promise.resolve()
  return (input: MethodInput<'session.signIn'>) => {
    const turn = last.then(() => signIn(context, input))
    last = turn.catch(() => undefined)
    return turn
  }
}

async function signIn(context: HostContext, { officerId, pin }: MethodInput<'session.signIn'>) {
  const { repositories, store, clock, log } = context
  const config = context.config()
  if (!config) return { ok: false, code: 'NOT_ENROLLED' } as const
  const stored = repositories.pinAttempts.get(officerId)
  const attempts = afterClockChange(stored, clock.now())
  if (attempts !== stored) store.transaction(() => repositories.pinAttempts.put(officerId, attempts))
  const wait = lockedSeconds(attempts, clock.now())
  if (wait > 0) return { ok: false, code: 'PIN_LOCKED', detail: { seconds: wait } } as const

  const failed = afterWrongPin(attempts, clock.now())
  // Counted before the check, so that killing the program during the check does not give a free guess.
  store.transaction(() => repositories.pinAttempts.put(officerId, failed))
  const officer = config.officers.find((one) => one.id === officerId)
  if (!officer || !(await pinMatches(pin, officer.pinHash))) {
    log.warn({ officerId, failures: failed.failures }, 'wrong PIN')
    const seconds = lockedSeconds(failed, clock.now())
    return seconds > 0
      ? ({ ok: false, code: 'PIN_LOCKED', detail: { seconds } } as const)
      : ({ ok: false, code: 'WRONG_PIN' } as const)
  }

  const isCounter = configuredServices(context).length > 0
  if (isCounter && officer.serviceIds && permittedServices(context, officerId).length === 0) {
    store.transaction(() => repositories.pinAttempts.clear(officerId))
    return { ok: false, code: 'NO_SERVICE_PERMITTED' } as const
  }
  store.transaction(() => {
    repositories.pinAttempts.clear(officerId)
    recordFacts(context, takeSeat(context, officerId), officerId)
    repositories.desk.set({ launchId: context.launchId, lockedSince: null })
  })
  context.presence.touch()
  afterCommit(context)
  return DONE
}

/** Who unlocks their own screen was there all along; anybody else takes over, with what they may do. The hand stays with the counter. */
export function takeSeat(context: HostContext, officerId: string): Fact[] {
  const { officerId: before, launchId, lockedSince, open, counter } = context.repositories.desk.get()
  if (before === officerId && launchId === context.launchId && lockedSince !== null) return []
  const left: Fact[] = before ? [{ type: 'officer.signed_out', data: { officerId: before } }] : []
  const narrowed = open && counter ? narrowedFor(context, officerId, counter, takenServices(context)) : []
  return [...left, { type: 'officer.signed_in', data: { officerId } }, ...narrowed]
}

export function signOut(context: HostContext) {
  const { repositories, store } = context
  const { officerId } = repositories.desk.get()
  if (!officerId) return DONE
  // Whoever walks by a locked desk does not end somebody's session.
  if (isLocked(context)) return { ok: false, code: 'LOCKED' } as const
  if (repositories.entries.current()) return { ok: false, code: 'ENTRY_IN_PROGRESS' } as const
  store.transaction(() => recordFacts(context, [{ type: 'officer.signed_out', data: { officerId } }], officerId))
  afterCommit(context)
  return DONE
}

/**
 * Keeps one host process alive: starts it, waits until it is ready, starts it again after a death with growing delays,
 * and ends it with the shell. A host that hangs, crashes or cannot start never takes the shell with it.
 */
import type { HostStatus } from '#contract/messages.ts'
import { createHostClients, type HostConnection } from '#main/shell/host-clients.ts'
import { type ForkHost, type HostProcess, readHostMessage } from '#main/shell/host-process.ts'
import type { HostFailureCode } from '#main/shell/host-protocol.ts'
import { createSource, type Observable } from '#main/shell/observable.ts'
import { HEALTHY_AFTER_MS, restartDelay } from '#main/shell/restart-delay.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import { realTimers, type Timers } from '#main/shell/timers.ts'

export type HostSupervisor = {
  status: Observable<HostStatus>
  connect(): HostConnection
  /** Starts a waiting host at once; does nothing while one is starting or running. */
  retryNow(): void
  /** Resolves when the process is gone. Unanswered invokes get HOST_GONE. */
  stop(): Promise<void>
}

export type HostSupervisorOptions = {
  fork: ForkHost
  /** The file that tells a technician why; shown with a failure. */
  logPath: string
  log: ShellLog
  timers?: Timers
}

/** Checking a large store after a power cut on a slow disk takes seconds, not tens of seconds. */
export const READY_WITHIN_MS = 20_000
export const STOP_WITHIN_MS = 3_000
/** A driver can hold even a killed process; the shell does not wait for it for ever. */
const KILLED_WITHIN_MS = 5_000
/** Deaths in a row that a restart hides; after these a person is told that something is wrong. */
const DEATHS_WITHOUT_ALARM = 3

type Child = { process: HostProcess; ready: boolean; failure: HostFailureCode | null; cancelTimer: () => void }

export function createHostSupervisor({
  fork,
  logPath,
  log,
  timers = realTimers,
}: HostSupervisorOptions): HostSupervisor {
  const status = createSource<HostStatus>({ state: 'starting' })
  const clients = createHostClients({ log, timers })
  let child: Child | null = null
  let attempt = 0
  let cancelRetry: (() => void) | null = null
  let stopping: PromiseWithResolvers<void> | null = null

  function start(): void {
    cancelRetry = null
    const last = status.get()
    if (last.state === 'restarting' || last.state === 'failed') status.set({ ...last, retryInMs: 0 })
    const process = forkOrNull()
    if (!process) {
      retryLater('ENGINE_CRASHED')
      return
    }
    const starting: Child = { process, ready: false, failure: null, cancelTimer: () => {} }
    child = starting
    starting.cancelTimer = timers.after(READY_WITHIN_MS, () => giveUp(starting, 'ENGINE_TIMEOUT', 'not ready in time'))
    process.onMessage((raw) => {
      if (child === starting) receive(starting, raw)
    })
    process.onExit((reason) => ended(starting, reason))
  }

  function forkOrNull(): HostProcess | null {
    try {
      return fork()
    } catch (error) {
      log.error({ err: error }, 'host process could not be started')
      return null
    }
  }

  function receive(from: Child, raw: unknown): void {
    const message = readHostMessage(raw)
    if (!message) log.warn({ raw }, 'message from the host outside the protocol, dropped')
    else if (message.kind === 'message') clients.deliver(message.client, message.message)
    // It is being ended: a late word must not cancel the deadline by which it is killed.
    else if (stopping || from.failure) log.info({ kind: message.kind }, 'late word of a host that is being ended')
    else if (message.kind === 'fatal') giveUp(from, message.code, message.detail)
    else if (!from.ready) becomeReady(from)
  }

  function becomeReady(ready: Child): void {
    ready.ready = true
    ready.cancelTimer()
    ready.cancelTimer = timers.after(HEALTHY_AFTER_MS, () => {
      attempt = 0
    })
    clients.setWaiting(true)
    clients.attach((message) => ready.process.post(message))
    status.set({ state: 'running' })
  }

  /** The host is of no use any more. It may be about to exit by itself, but it is not trusted to. */
  function giveUp(failing: Child, code: HostFailureCode, detail: string): void {
    log.error({ code, detail }, 'host failed')
    failing.failure = code
    kill(failing)
  }

  function kill(dying: Child): void {
    dying.cancelTimer()
    dying.cancelTimer = timers.after(KILLED_WITHIN_MS, () => ended(dying, 'killed, but its end was never reported'))
    dying.process.kill()
  }

  function ended(dead: Child, reason: string): void {
    if (child !== dead) return
    child = null
    dead.cancelTimer()
    clients.detach()
    if (stopping) {
      stopping.resolve()
      return
    }
    log.warn({ reason, wasReady: dead.ready }, 'host process ended')
    const hidden = dead.ready && attempt < DEATHS_WITHOUT_ALARM
    retryLater(dead.failure ?? (hidden ? null : 'ENGINE_CRASHED'))
  }

  function retryLater(code: HostFailureCode | null): void {
    attempt += 1
    const retryInMs = restartDelay(attempt)
    cancelRetry = timers.after(retryInMs, start)
    clients.setWaiting(code === null)
    status.set(
      code ? { state: 'failed', code, logPath, attempt, retryInMs } : { state: 'restarting', attempt, retryInMs },
    )
  }

  function stop(): Promise<void> {
    if (stopping) return stopping.promise
    stopping = Promise.withResolvers()
    clients.setWaiting(false)
    cancelRetry?.()
    cancelRetry = null
    if (child) askToStop(child)
    else stopping.resolve()
    return stopping.promise
  }

  function askToStop(running: Child): void {
    running.cancelTimer()
    running.cancelTimer = timers.after(STOP_WITHIN_MS, () => kill(running))
    running.process.post({ kind: 'stop' })
  }

  start()
  return {
    status,
    connect: () => clients.connect(),
    retryNow() {
      if (!cancelRetry) return
      cancelRetry()
      start()
    },
    stop,
  }
}

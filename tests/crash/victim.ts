/** A process that may be killed at any moment and is started again at once, by the supervisor that a workstation has. */
import type { HostProcess } from '#main/shell/host-process.ts'
import { createHostSupervisor, type HostSupervisor } from '#main/shell/host-supervisor.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'

export type Victim = {
  supervisor: HostSupervisor
  /** How often it was started. */
  starts(): number
  isReady(): boolean
  /** SIGKILL. False when there is nothing to kill at the moment. */
  kill(): boolean
  /** Deaths that were not by kill(). */
  ownDeaths(): readonly string[]
  stop(): Promise<void>
}

export function startVictim(fork: (log: ShellLog) => HostProcess): Victim {
  const deaths: string[] = []
  let alive: HostProcess | null = null
  let starts = 0
  let words = ''
  let stopping = false
  const log: ShellLog = {
    info() {},
    warn: (facts) => {
      if ('stderr' in facts) words = `${words}${facts.stderr}`.slice(-2_000)
    },
    error() {},
  }
  const supervisor = createHostSupervisor({
    fork() {
      words = ''
      const child = fork(log)
      starts += 1
      alive = child
      child.onExit((reason) => {
        if (alive !== child) return
        alive = null
        if (!stopping) deaths.push(`${reason} ${words}`.trim())
      })
      return child
    },
    logPath: '',
    log,
  })
  // So many kills in a row would make the supervisor wait longer and longer: somebody presses "coba lagi".
  supervisor.status.watch(({ state }) => {
    if (deaths.length === 0 && (state === 'restarting' || state === 'failed')) setImmediate(supervisor.retryNow)
  })
  return {
    supervisor,
    starts: () => starts,
    isReady: () => alive !== null && supervisor.status.get().state === 'running',
    kill() {
      if (!alive) return false
      alive.kill()
      alive = null
      return true
    },
    ownDeaths: () => deaths,
    stop() {
      stopping = true
      return supervisor.stop()
    },
  }
}

/** Starts the host in an Electron utility process, or in development on a Node that the environment names. */
import { utilityProcess } from 'electron'
import { forkHostOnNode } from '#main/node/node-fork.ts'
import type { HostProcess } from '#main/shell/host-process.ts'
import { HOST_OPTIONS_ENV, type HostOptions } from '#main/shell/host-protocol.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'

export type HostForkOptions = { entry: string; hostNode: string | null; log: ShellLog }

export function createHostFork({ entry, hostNode, log }: HostForkOptions): (host: HostOptions) => HostProcess {
  return (host) =>
    hostNode === null ? forkHostInElectron(entry, host, log) : forkHostOnNode({ entry, nodePath: hostNode, host, log })
}

function forkHostInElectron(entry: string, host: HostOptions, log: ShellLog): HostProcess {
  const child = utilityProcess.fork(entry, [], {
    serviceName: 'loket-host',
    env: { ...process.env, [HOST_OPTIONS_ENV]: JSON.stringify(host) },
    stdio: 'pipe',
  })
  child.stdout?.on('data', (chunk: Buffer) =>
    log.info({ childPid: child.pid, stdout: chunk.toString() }, 'host output'),
  )
  child.stderr?.on('data', (chunk: Buffer) =>
    log.warn({ childPid: child.pid, stderr: chunk.toString() }, 'host output'),
  )
  // V8 out of memory and the like; the end that follows is what matters.
  child.on('error', (type, location) => log.error({ type, location }, 'host process error'))
  return {
    post: (message) => child.postMessage(message),
    onMessage: (handler) => child.on('message', handler),
    onExit: (handler) => child.once('exit', (code) => handler(`exit code ${code}`)),
    kill() {
      // Not child.kill(), which asks: a host that hangs does not hear it.
      if (child.pid === undefined) child.once('spawn', () => endNow(child.pid, log))
      else endNow(child.pid, log)
    },
  }
}

function endNow(pid: number | undefined, log: ShellLog): void {
  if (pid === undefined) return
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It may have gone by itself a moment ago; its exit is told either way.
    log.info({ err: error, pid }, 'host was not there to be killed')
  }
}

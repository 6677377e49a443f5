/** Starts processes of the workstation as children of this one, on a plain Node. */
import { type ChildProcess, fork } from 'node:child_process'
import { basename } from 'node:path'
import type { HostProcess } from '#main/shell/host-process.ts'
import { HOST_OPTIONS_ENV, type HostOptions } from '#main/shell/host-protocol.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'

export type NodeChildOptions = {
  entry: string
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
  /** The Node to run it; inside Electron this must be named. */
  nodePath?: string
  log: ShellLog
}

/** The child ends by itself when the channel to this process closes, so a killed shell leaves no orphan. */
function forkOnNode({ entry, args = [], env = {}, nodePath = process.execPath, log }: NodeChildOptions) {
  const child = fork(entry, args, {
    execPath: nodePath,
    execArgv: [],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Structured clone, as between the processes of Electron.
    serialization: 'advanced',
    // Its own process group: Ctrl-C in the terminal reaches the shell, which then asks the child to stop in order.
    detached: process.platform !== 'win32',
    windowsHide: true,
  })
  const name = basename(entry)
  // What a process says outside its own log, such as the last words of a native module.
  child.stdout?.on('data', (chunk: Buffer) =>
    log.info({ child: name, childPid: child.pid, stdout: chunk.toString() }, 'child output'),
  )
  child.stderr?.on('data', (chunk: Buffer) =>
    log.warn({ child: name, childPid: child.pid, stderr: chunk.toString() }, 'child output'),
  )
  child.on('error', (error) => log.error({ child: name, err: error }, 'child process error'))
  return child
}

/** Calls back once, also for a child that could not even be started. */
function onChildEnd(child: ChildProcess, handler: (reason: string) => void): void {
  let told = false
  const tell = (reason: string) => {
    if (told) return
    told = true
    handler(reason)
  }
  // 'close' and not 'exit': by then everything it said has been read.
  child.on('close', (code, signal) => tell(signal ? `signal ${signal}` : `exit code ${code}`))
  child.on('error', (error) => {
    if (child.pid === undefined) tell(error.message)
  })
}

/** A program that is not a host: it understands only that it is to stop, and that by the signal of the system. */
export function forkProgram(options: NodeChildOptions): HostProcess & { child: ChildProcess } {
  const child = forkOnNode(options)
  return {
    child,
    post(message) {
      if (message.kind === 'stop') child.kill('SIGTERM')
    },
    onMessage: (handler) => child.on('message', handler),
    onExit: (handler) => onChildEnd(child, handler),
    kill: () => child.kill('SIGKILL'),
  }
}

/** `entry` is main/host/process.ts on a Node that strips types, or the bundle. */
export function forkHostOnNode({
  host,
  ...options
}: Omit<NodeChildOptions, 'env' | 'args'> & { host: HostOptions }): HostProcess {
  const child = forkOnNode({ ...options, env: { [HOST_OPTIONS_ENV]: JSON.stringify(host) } })
  return {
    post(message) {
      // A failed send means that the process is going; its exit is what matters.
      if (child.connected) child.send(message, () => {})
    },
    onMessage: (handler) => child.on('message', handler),
    onExit: (handler) => onChildEnd(child, handler),
    kill: () => child.kill('SIGKILL'),
  }
}

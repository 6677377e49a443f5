/** Host processes that exist only as objects: a test decides what each one says and when it ends. */
import type { FromHost } from '#contract/messages.ts'
import type { ForkHost } from '#main/shell/host-process.ts'
import type { HostFailureCode, ToHostProcess } from '#main/shell/host-protocol.ts'

export type ScriptedHost = {
  received: ToHostProcess[]
  killed: boolean
  ready(): void
  say(client: number, message: FromHost): void
  sayRaw(raw: unknown): void
  fatal(code: HostFailureCode): void
  exit(): void
}

export type ScriptedHosts = {
  fork: ForkHost
  /** Every host that was started, oldest first. */
  started: ScriptedHost[]
  last(): ScriptedHost
  /** What a host does as soon as it runs, for example being ready at once. */
  onStart: (host: ScriptedHost) => void
  /** When false a killed host does not end, as with a driver that holds it. */
  diesWhenKilled: boolean
}

export function createScriptedHosts(): ScriptedHosts {
  const hosts: ScriptedHosts = {
    started: [],
    onStart: () => {},
    diesWhenKilled: true,
    last() {
      const host = hosts.started.at(-1)
      if (!host) throw new Error('no host was started')
      return host
    },
    fork() {
      let onMessage: (raw: unknown) => void = () => {}
      let onExit: (reason: string) => void = () => {}
      const host: ScriptedHost = {
        received: [],
        killed: false,
        ready: () => onMessage({ kind: 'ready' }),
        say: (client, message) => onMessage({ kind: 'message', client, message }),
        sayRaw: (raw) => onMessage(raw),
        fatal: (code) => onMessage({ kind: 'fatal', code, detail: 'told by the test' }),
        exit: () => onExit('told by the test'),
      }
      hosts.started.push(host)
      return {
        post: (message) => host.received.push(message),
        onMessage(handler) {
          onMessage = handler
        },
        onExit(handler) {
          onExit = handler
          hosts.onStart(host)
        },
        kill() {
          host.killed = true
          if (hosts.diesWhenKilled) host.exit()
        },
      }
    },
  }
  return hosts
}

/** A workstation's host as the desk starts it: its own process, its store on a disk, spoken to through the contract. */
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DeskClient } from '#contract/desk-api.ts'
import { createDeskClient } from '#contract/desk-client.ts'
import type { DeskSnapshot } from '#contract/snapshot.ts'
import { type FromHostProcess, HOST_OPTIONS_ENV, type HostOptions } from '#main/shell/host-protocol.ts'
import { type Program, startProgram } from '#tests/bench/processes.ts'
import { OFFICER } from '#tests/bench/product/mall.ts'
import { HOST_ROOT } from '#tests/bench/product/root.ts'

export type DeskHost = {
  client: DeskClient
  program: Program
  pid: number
  dataDir: string
  /** The newest desk snapshot, as the screen has it. Follow it first. */
  desk(): DeskSnapshot
  /** From now on snapshots come without being asked for, as a screen gets them. */
  follow(): Promise<unknown>
  /** Resolves with the first snapshot for which `test` holds, and the time at which it came. */
  until(test: (snapshot: DeskSnapshot) => boolean): Promise<{ snapshot: DeskSnapshot; at: number }>
  /** One command that must succeed. */
  act: Act
  stop(): Promise<void>
}

/** Invokes a method with a new command id. Throws when it is refused. */
type Act = <T = unknown>(method: string, input?: object) => Promise<T>

export async function startDeskHost(dataDir: string): Promise<DeskHost> {
  mkdirSync(dataDir, { recursive: true })
  const options: HostOptions = { dataDir, launchId: randomUUID(), logPath: join(dataDir, 'host.log'), logLevel: 'warn' }
  const program = await startProgram(join(HOST_ROOT, 'main/host/process.ts'), {
    env: { [HOST_OPTIONS_ENV]: JSON.stringify(options) },
  })
  const { child } = program
  child.setMaxListeners(0)
  const client = createDeskClient({
    post: (message) => child.send({ kind: 'message', client: 1, message }),
    onMessage: (handler) =>
      child.on('message', (message: FromHostProcess) => {
        if (message.kind === 'message') handler(message.message)
      }),
  })
  let newest: DeskSnapshot | null = null
  const act: Act = async (method, input = {}) => {
    const invoke = client.invoke as (name: string, value: object) => ReturnType<DeskClient['invoke']>
    const result = await invoke(method, { commandId: randomUUID(), ...input })
    if (!result.ok) throw new Error(`${method}: ${JSON.stringify(result)}`)
    return result.data as never
  }
  const until: DeskHost['until'] = (test) =>
    new Promise((resolve) => {
      let done = false
      const stop = client.subscribe('desk', (snapshot) => {
        if (done || !test(snapshot)) return
        done = true
        resolve({ snapshot, at: performance.now() })
        setImmediate(() => stop())
      })
    })
  return {
    client,
    program,
    pid: program.pid,
    dataDir,
    act,
    until,
    desk() {
      if (!newest) throw new Error('no snapshot yet: follow the desk first')
      return newest
    },
    follow() {
      client.subscribe('desk', (snapshot) => {
        newest = snapshot
      })
      return until(() => true)
    },
    stop: program.stop,
  }
}

/** Enrols the host with the server behind `serverUrl`, signs its officer in and opens the counter. */
export async function openDesk(host: DeskHost, serverUrl: string, code: string): Promise<void> {
  await host.act('setup.enrol', { serverUrl, code, deviceName: 'PC ukur' })
  await host.act('session.signIn', OFFICER)
  await host.until((snapshot) => snapshot.connection.state === 'online')
  await host.act('counter.open')
}

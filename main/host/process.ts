/** The host process: speaks main/shell/host-protocol.ts with the shell that started it, and ends with it. */
import * as nodeModule from 'node:module'
import type { Logger } from 'pino'
import type { Host } from '#main/host/create-host.ts'
import type { Screen } from '#main/host/serve.ts'
import type { FromHostProcess, HostFailureCode, HostOptions, ToHostProcess } from '#main/shell/host-protocol.ts'
import { HOST_OPTIONS_ENV } from '#main/shell/host-protocol.ts'

type Pipe = { post(message: FromHostProcess): void; onMessage(callback: (message: ToHostProcess) => void): void }

/** An Electron utility process has parentPort; a Node child has IPC. */
function openPipe(): Pipe {
  const { parentPort } = process as unknown as {
    parentPort?: {
      postMessage(value: unknown): void
      on(event: 'message', callback: (event: { data: unknown }) => void): void
    }
  }
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (callback) => parentPort.on('message', ({ data }) => callback(data as ToHostProcess)),
    }
  }
  return {
    post: (message) => process.send?.(message),
    onMessage: (callback) => process.on('message', callback),
  }
}

const CACHE_AFTER_MS = 3_000
const pipe = openPipe()
const screens = new Map<number, Screen>()
let host: Host | null = null

const options = JSON.parse(process.env[HOST_OPTIONS_ENV] ?? 'null') as HostOptions | null
if (!options) throw new Error(`${HOST_OPTIONS_ENV} is missing: the host is started by a shell`)
// Compiled code is kept: the second start is the one that officers wait for. What comes with this file itself is compiled each
// time, so the rest is imported from here on. Node has this since 22.1.
if (options.codeCacheDir) nodeModule.enableCompileCache?.(options.codeCacheDir)
void start(options)

async function start(options: HostOptions): Promise<void> {
  const { openLog } = await import('#main/host/open-log.ts')
  const log = openLog(options)
  const end = () => void stop(log)
  try {
    // Imported here so that a native module that does not load is an answer, not a silent death.
    const { createHost } = await import('#main/host/create-host.ts')
    host = createHost({ ...options, log })
    pipe.onMessage((message) => (message.kind === 'stop' ? end() : receive(message)))
    process.once('disconnect', end)
    process.once('SIGTERM', end)
    // A terminal's Ctrl-C reaches the whole group: the shell decides when the host ends.
    process.on('SIGINT', () => {})
    pipe.post({ kind: 'ready' })
    // Written when nobody waits; a host that is killed would else never keep it.
    setTimeout(() => nodeModule.flushCompileCache?.(), CACHE_AFTER_MS).unref()
  } catch (error) {
    log.fatal({ err: error }, 'the host cannot start')
    pipe.post({
      kind: 'fatal',
      code: failureCode(error),
      detail: error instanceof Error ? error.message : String(error),
    })
    process.exitCode = 1
    // Leaves time for the message to go out; nothing else keeps this process alive.
    setTimeout(() => process.exit(1), 200)
  }
}

function receive(message: Exclude<ToHostProcess, { kind: 'stop' }>): void {
  if (message.kind === 'clientGone') {
    screens.get(message.client)?.close()
    screens.delete(message.client)
  } else {
    screenOf(message.client).receive(message.message)
  }
}

function screenOf(client: number): Screen {
  const known = screens.get(client)
  if (known) return known
  if (!host) throw new Error('a message before the host is ready')
  const screen = host.connect((message) => pipe.post({ kind: 'message', client, message }))
  screens.set(client, screen)
  return screen
}

async function stop(log: Logger): Promise<void> {
  try {
    await host?.stop()
  } catch (error) {
    // What is committed stays committed; the next start goes on from there.
    log.error({ err: error }, 'the host did not end in order')
  }
  process.exit(0)
}

function failureCode(error: unknown): HostFailureCode {
  const { code, name } = error as { code?: string; name?: string }
  if (name === 'StoreError') return code as HostFailureCode
  if (name === 'ProfileError') return 'PROFILE_INVALID'
  return code === 'ERR_DLOPEN_FAILED' || code === 'MODULE_NOT_FOUND' ? 'ENGINE_LOAD_FAILED' : 'ENGINE_CRASHED'
}

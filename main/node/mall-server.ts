/** The mall server as a child process of the mall in one laptop. It comes back on the same port after a death. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { DeviceRole } from '#contract/wire/enrolment.ts'
import { forkProgram } from '#main/node/node-fork.ts'
import type { HostProcess } from '#main/shell/host-process.ts'
import { createHostSupervisor } from '#main/shell/host-supervisor.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'

export type MallServerOptions = {
  /** The project's folder. */
  root: string
  nodePath: string
  configPath: string
  dataDir: string
  port: number
  logPath: string
  log: ShellLog
}

export type MallServer = {
  url: string
  /** A one-time code with which a device becomes this counter or front desk. */
  createCode(role: DeviceRole): Promise<string>
  stop(): Promise<void>
}

export class PortInUse extends Error {}

/** Rejects with PortInUse, or with the server's own words, when it cannot start the first time. */
export async function startMallServer(options: MallServerOptions): Promise<MallServer> {
  const { log, logPath } = options
  let lastWords = ''
  const supervisor = createHostSupervisor({
    fork: () => forkServer(options, (words) => (lastWords = words)),
    logPath,
    log,
  })
  const state = await new Promise<string>((resolve) => {
    supervisor.status.watch(({ state }) => {
      if (state !== 'starting') resolve(state)
    })
  })
  if (state !== 'running') {
    await supervisor.stop()
    if (lastWords.startsWith('PORT_IN_USE')) throw new PortInUse(lastWords.trim())
    throw new Error(lastWords.trim() || `Server mal tidak dapat dijalankan. Lihat ${logPath}`)
  }
  return {
    url: `http://127.0.0.1:${options.port}`,
    createCode: (role) => createCode(options, role),
    stop: () => supervisor.stop(),
  }
}

/** The server knows nothing of screens: of the host protocol it says ready, and is asked to stop by a signal. */
function forkServer(
  { root, nodePath, configPath, dataDir, port, log }: MallServerOptions,
  onError: (words: string) => void,
): HostProcess {
  const server = forkProgram({
    entry: join(root, 'server/main.ts'),
    args: ['--config', configPath, '--port', String(port), '--data', dataDir],
    nodePath,
    log,
  })
  let words = ''
  server.child.stderr?.on('data', (chunk: Buffer) => {
    words = (words + chunk.toString()).slice(-4_000)
    onError(words)
  })
  return server
}

async function createCode({ root, nodePath, dataDir }: MallServerOptions, role: DeviceRole): Promise<string> {
  const place = role.kind === 'counter' ? ['--counter', role.counterId] : ['--front-desk', role.frontDeskId]
  const entry = join(root, 'server/enrol-main.ts')
  const { stdout } = await promisify(execFile)(nodePath, [entry, '--data', dataDir, ...place], { timeout: 15_000 })
  const code = /\b[A-Z2-7]{4}-[A-Z2-7]{4}\b/.exec(stdout)?.[0]
  if (!code) throw new Error(`enrol-main said no code: ${stdout}`)
  return code
}

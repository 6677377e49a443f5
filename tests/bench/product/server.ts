/** The mall server as it is installed: its own process, its database on a disk, spoken to over HTTP. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { MallConfig } from '#contract/mall-config.ts'
import type { DeviceRole } from '#contract/wire/enrolment.ts'
import { type Program, startProgram } from '#tests/bench/processes.ts'
import { FRONT_DESK } from '#tests/bench/product/mall.ts'
import { SERVER_ROOT } from '#tests/bench/product/root.ts'

const run = promisify(execFile)

export type MallServer = {
  url: string
  port: number
  folder: string
  pid: number
  program: Program
  stop(): Promise<void>
}

export type ServerPlace = {
  folder: string
  config: MallConfig
  /** postgres://… instead of a file in the folder. */
  database?: string
  /** A module that is loaded before the server's own code. */
  preload?: string
}

export async function startMallServer({ folder, config, database, preload }: ServerPlace): Promise<MallServer> {
  const configFile = join(folder, 'mal.json')
  writeFileSync(configFile, JSON.stringify(config))
  const place = database ? ['--database', database] : ['--data', folder]
  const program = await startProgram(join(SERVER_ROOT, 'server/main.ts'), {
    args: ['--config', configFile, '--port', '0', ...place],
    nodeArgs: preload ? ['--import', preload] : [],
  })
  const port = program.ready.port ?? 0
  return { url: `http://127.0.0.1:${port}`, port, folder, pid: program.pid, program, stop: program.stop }
}

export const counterRole = (counterId: string): DeviceRole => ({ kind: 'counter', counterId })
export const frontDeskRole: DeviceRole = { kind: 'front_desk', frontDeskId: FRONT_DESK }

/** One-time codes for these places, made by one run of a program: one each would take longer than the measurement. */
export async function enrolmentCodes(place: string, roles: readonly DeviceRole[]): Promise<string[]> {
  const script = join(import.meta.dirname, 'enrolment-codes.ts')
  const { stdout } = await run(process.execPath, [script, place, JSON.stringify(roles)])
  return stdout.trim().split('\n')
}

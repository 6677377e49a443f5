/** The real Electron shell in a workstation's mode, on a display of its own, with the echo host in its utility process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { _electron, type ElectronApplication } from 'playwright-core'
import { mergeConfig } from 'vite'
import { onTestFinished } from 'vitest'
import { buildParts, PARTS } from '#scripts/build-parts.ts'
import { ROOT } from '#scripts/root.ts'
import { ECHO_HOST } from '#tests/shell/fakes/echo-screen.ts'
import { electronDist } from '#tests/support/peers.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

/**
 * For Chromium on a test machine: it refuses root unless its sandbox is off, and a graphics process that fails for want of
 * hardware sometimes takes the first picture with it.
 */
export const CHROMIUM_ARGUMENTS = ['--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]

/** A folder like the project's with out/ in it, whose page is empty and whose host is the echo host. */
export async function buildEchoApp(): Promise<string> {
  const folder = tempFolder()
  for (const name of ['main', 'preload']) await buildInto(folder, name)
  await mkdir(join(folder, 'out/renderer'), { recursive: true })
  await writeFile(join(folder, 'out/renderer/index.html'), '<!doctype html><title>Loket</title><p>meja</p>')
  await writeFile(join(folder, 'secret.js'), 'outside')
  await writeFile(join(folder, 'out/main/host.cjs'), stripTypeScriptTypes(await readFile(ECHO_HOST, 'utf8')))
  return folder
}

/** Not into the project's own out/, which other tests and people use at the same time. */
async function buildInto(folder: string, name: string): Promise<void> {
  const part = PARTS.find((candidate) => candidate.name === name)
  if (!part) throw new Error(`scripts/build-parts.ts has no ${name}`)
  const outDir = dirname(join(folder, part.output))
  await buildParts([{ ...part, config: mergeConfig(part.config, { build: { outDir } }) }])
}

export type EchoApp = {
  app: ElectronApplication
  dataDir: string
  /** The project's folder that it runs from. */
  folder: string
  /** Starts the same app on the same data once more; answers its exit code. */
  startAgain(): Promise<number | null>
}

/** Runs the packaged program's technician command line in the real Electron; answers its exit code and what it said. */
export async function runDevicesCommand(
  display: string,
  words: string[],
): Promise<{ code: number | null; out: string }> {
  const folder = await buildEchoApp()
  await buildInto(folder, 'devices')
  // What the bundle leaves outside: native packages.
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const args = [join(folder, 'out/main/main.cjs'), ...CHROMIUM_ARGUMENTS, '--devices', ...words]
  const env = { ...cleanEnvironment(), DISPLAY: display, LOKET_DATA_DIR: join(folder, 'data') }
  const child = spawn(join(electronDist(), 'electron'), args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let out = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out })))
}

/** From the folder of an app that has ended it is the same app on the same data. */
export async function launchEchoApp(
  display: string,
  env: Record<string, string> = {},
  from?: string,
): Promise<EchoApp> {
  const folder = from ?? (await buildEchoApp())
  const dataDir = join(folder, 'data')
  const executablePath = join(electronDist(), 'electron')
  const args = [join(folder, 'out/main/main.cjs'), ...CHROMIUM_ARGUMENTS]
  const ownEnv = { LOKET_MODE: 'workstation', LOKET_DATA_DIR: dataDir }
  const allEnv = { ...cleanEnvironment(), DISPLAY: display, ...ownEnv, ...env }
  // Found by playwright through this variable and not named to it: only then it holds the app back until it listens.
  process.env.ELECTRON_OVERRIDE_DIST_PATH = electronDist()
  const app = await _electron.launch({ args, env: allEnv })
  onTestFinished(() => app.close())
  const startAgain = () =>
    new Promise<number | null>((resolve) => {
      spawn(executablePath, args, { env: allEnv, stdio: 'ignore' }).once('exit', resolve)
    })
  return { app, dataDir, folder, startAgain }
}

/** Starts an X server without a screen, one per test; answers its name, for example ":1234". It ends with the test. */
export async function startDisplay(): Promise<string> {
  // Not a number that the server finds by itself: one that ends would then take the socket of one that just began.
  const name = `:${1_000 + (process.pid % 50_000)}`
  const server = spawn('Xvfb', [name, '-displayfd', '3', '-screen', '0', '1366x768x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<number | null>((resolve) => server.once('exit', resolve))
  onTestFinished(async () => {
    server.kill()
    await ended
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    ended.then((code) => reject(new Error(`Xvfb ended with ${code}`)))
    readyPipe(server).once('data', () => resolve(name))
  })
}

function readyPipe(server: ChildProcess): NodeJS.ReadableStream {
  const pipe = server.stdio[3]
  if (!pipe || !('read' in pipe)) throw new Error('Xvfb without its pipe')
  return pipe
}

export function cleanEnvironment(): Record<string, string> {
  const { LOKET_HOST_NODE: _node, LOKET_DATA_DIR: _dir, LOKET_MODE: _mode, ...rest } = process.env
  return Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** npm start in an Electron window. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { projectPaths } from '#main/node/project-paths.ts'
import { ROOT } from '#scripts/root.ts'
import { INSTALL_SCRIPT, isOlderThanWanted, type Runtime } from '#scripts/start/runtime.ts'

export type WindowDesk = {
  /** Whether the window came up; when not, Electron has ended. */
  shown: Promise<boolean>
  /** Resolves with Electron's exit code. */
  ended: Promise<number>
  stop(): Promise<void>
}

/** Longer than Electron needs for its own orderly end, which itself has limits for hosts and server. */
const STOP_WITHIN_MS = 10_000

export function startInWindow(runtime: Runtime, dataDir: string): WindowDesk {
  const child = spawn(runtime.executable, [projectPaths(ROOT).main, ...sandboxArguments()], {
    // The channel lets Electron notice that this process is gone, however it ended.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...hostNode(runtime), LOKET_DATA_DIR: dataDir },
    detached: process.platform !== 'win32',
  })
  const ended = new Promise<number>((resolve) => {
    child.once('exit', (code) => resolve(code ?? 1))
    child.once('error', () => resolve(1))
  })
  const shown = new Promise<boolean>((resolve) => {
    child.once('message', () => resolve(true))
    ended.then(() => resolve(false))
  })
  return { shown, ended, stop: () => stop(child, ended) }
}

export function installRuntime(): boolean {
  return spawnSync(process.execPath, [INSTALL_SCRIPT], { stdio: 'inherit' }).status === 0
}

async function stop(child: ChildProcess, ended: Promise<number>): Promise<void> {
  if (child.connected) child.disconnect()
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
  await ended
  clearTimeout(timer)
}

function hostNode({ version }: Runtime): Record<string, string> {
  if (!isOlderThanWanted(version)) return {}
  console.log(
    `Electron ${version} terlalu lama untuk mesin data; mesin data berjalan di Node ${process.versions.node}.`,
  )
  return { LOKET_HOST_NODE: process.execPath }
}

/** Chromium refuses root unless its sandbox is off. Only a development machine runs this as root. */
function sandboxArguments(): string[] {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return []
  console.log('Berjalan sebagai root, jadi tanpa sandbox Chromium: hanya untuk pengembangan.')
  return ['--no-sandbox']
}

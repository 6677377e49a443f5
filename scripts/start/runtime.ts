/** The Electron runtime on this machine, and whether one could be fetched. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

export type Runtime = { executable: string; version: string }

const require = createRequire(import.meta.url)
const PACKAGE = dirname(require.resolve('electron/package.json'))

export const WANTED_VERSION: string = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')).version

/** npm brings only the package; the runtime is a download of its own, made by this script. */
export const INSTALL_SCRIPT = join(PACKAGE, 'install.js')

export function findRuntime(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): Runtime | null {
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || join(PACKAGE, 'dist')
  const executable = join(dist, executableName(platform))
  if (!existsSync(executable)) return null
  const versionFile = join(dist, 'version')
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : WANTED_VERSION
  return { executable, version }
}

/** Asks the place from which the runtime would come; a closed network answers nothing in time. */
export async function canDownload(env: NodeJS.ProcessEnv, withinMs: number): Promise<boolean> {
  const mirror =
    env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? 'https://github.com/electron/electron/releases/download/'
  try {
    const response = await fetch(`${mirror}v${WANTED_VERSION}/SHASUMS256.txt`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(withinMs),
    })
    return response.ok
  } catch {
    // No network, no name, no answer in time: all mean the same here.
    return false
  }
}

/** An older runtime cannot load the store's native module. */
export function isOlderThanWanted(version: string): boolean {
  return Number.parseInt(version, 10) < Number.parseInt(WANTED_VERSION, 10)
}

function executableName(platform: NodeJS.Platform): string {
  if (platform === 'win32') return 'electron.exe'
  return platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}

/** What the environment may decide about a start of the Electron shell. Plain data, so that it is tested without Electron. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { posix, win32 } from 'node:path'

export type Environment = Readonly<Record<string, string | undefined>>

export type ShellSettings = {
  mode: 'workstation' | 'laptop'
  dataDir: string
  /** Development only: the Node that runs the host in place of Electron's own. */
  hostNode: string | null
  /** For the log: what was asked for and not granted. */
  refused: string[]
}

export type StartFacts = {
  platform: NodeJS.Platform
  packaged: boolean
  env: Environment
  /** The project's folder; matters in development only. */
  root: string
  home: string
  isWritable(folder: string): boolean
}

export function readSettings(facts: StartFacts): ShellSettings {
  const { packaged, env } = facts
  const asked = env.LOKET_HOST_NODE ?? null
  return {
    mode: packaged || env.LOKET_MODE === 'workstation' ? 'workstation' : 'laptop',
    dataDir: env.LOKET_DATA_DIR ?? (packaged ? installedDataDir(facts) : posixOrWin(facts).join(facts.root, '.loket')),
    hostNode: packaged ? null : asked,
    refused: packaged && asked !== null ? ['LOKET_HOST_NODE is for development; the packaged app ignores it'] : [],
  }
}

/** The store belongs to the counter, not to whoever is logged in to the PC. */
function installedDataDir(facts: StartFacts): string {
  const { env, platform, home } = facts
  if (platform === 'win32') return win32.join(env.ProgramData ?? 'C:\\ProgramData', 'Loket')
  const shared = '/var/lib/loket'
  if (facts.isWritable(shared)) return shared
  return posix.join(env.XDG_DATA_HOME ?? posix.join(home, '.local/share'), 'loket')
}

function posixOrWin({ platform }: StartFacts) {
  return platform === 'win32' ? win32 : posix
}

/** Creates the folder when that is allowed. */
export function isWritableFolder(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true })
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

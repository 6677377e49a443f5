/** Window or browser: decided within five seconds, with the reason in one line. */
import type { Runtime } from '#scripts/start/runtime.ts'

export type Decision =
  | { surface: 'window'; runtime: Runtime; why: string }
  /** The runtime is fetched first; if that fails, the browser is used. */
  | { surface: 'download'; why: string }
  | { surface: 'browser'; why: string }

export type DecisionFacts = {
  browserWanted: boolean
  platform: NodeJS.Platform
  env: NodeJS.ProcessEnv
  findRuntime(): Runtime | null
  canDownload(): Promise<boolean>
}

export async function decideSurface(facts: DecisionFacts): Promise<Decision> {
  if (facts.browserWanted) return { surface: 'browser', why: 'diminta dengan --browser' }
  if (!hasDisplay(facts)) {
    return { surface: 'browser', why: 'tidak ada layar di komputer ini (DISPLAY dan WAYLAND_DISPLAY kosong)' }
  }
  const runtime = facts.findRuntime()
  if (runtime) return { surface: 'window', runtime, why: `Electron ${runtime.version} dan layar tersedia` }
  if (await facts.canDownload()) return { surface: 'download', why: 'Electron belum ada, tetapi dapat diunduh' }
  return { surface: 'browser', why: 'Electron belum ada dan tidak dapat diunduh dari jaringan ini' }
}

function hasDisplay({ platform, env }: DecisionFacts): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

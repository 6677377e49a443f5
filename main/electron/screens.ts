/** Which screens this shell has: the one of a workstation, or those of the mall in one laptop. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { ShellSettings } from '#main/electron/settings.ts'
import { startLaptop } from '#main/node/laptop.ts'
import type { HostProcess } from '#main/shell/host-process.ts'
import type { HostOptions } from '#main/shell/host-protocol.ts'
import { createHostSupervisor } from '#main/shell/host-supervisor.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import { createWorkstationScreen, type ShellScreen } from '#main/shell/shell-screen.ts'

export type Screens = {
  first: ShellScreen
  /** Undefined when there is no such screen. Null for a shell that has only the one. */
  open: ((screenId: string) => Promise<ShellScreen | undefined>) | null
  stop(): Promise<void>
}

export type ScreensOptions = {
  settings: ShellSettings
  root: string
  /** In the user's own folder, see HostOptions. */
  codeCacheDir: string
  logDir: string
  logPath: string
  forkHost(options: HostOptions): HostProcess
  log: ShellLog
}

export async function startScreens(options: ScreensOptions): Promise<Screens> {
  return options.settings.mode === 'laptop' ? startLaptopScreens(options) : startWorkstation(options)
}

function startWorkstation({ settings, codeCacheDir, logDir, logPath, forkHost, log }: ScreensOptions): Screens {
  const launchId = randomUUID()
  const dataDir = join(settings.dataDir, 'desk')
  const hostLog = join(logDir, 'host.log')
  const host = createHostSupervisor({
    fork: () => forkHost({ dataDir, launchId, codeCacheDir, logPath: hostLog, logLevel: 'info' }),
    logPath,
    log,
  })
  return { first: createWorkstationScreen(host), open: null, stop: () => host.stop() }
}

async function startLaptopScreens({ settings, root, logDir, forkHost, log }: ScreensOptions): Promise<Screens> {
  const laptop = await startLaptop({
    root,
    dataDir: join(settings.dataDir, 'laptop'),
    logDir,
    // Electron cannot run the server's TypeScript; npm puts the project's Node first on PATH.
    nodePath: settings.hostNode ?? 'node',
    forkHost,
    log,
  })
  const first = laptop.find(laptop.firstScreenId)
  if (!first) throw new Error('the sample mall has no screen to show')
  return { first, open: (screenId) => laptop.open(screenId), stop: () => laptop.stop() }
}

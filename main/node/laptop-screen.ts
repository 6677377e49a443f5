/** One screen of the mall in one laptop: its folder, its host, and what the shell tells it. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ShellInfo } from '#contract/messages.ts'
import type { PlannedScreen } from '#main/node/laptop-plan.ts'
import type { HostProcess } from '#main/shell/host-process.ts'
import type { HostOptions } from '#main/shell/host-protocol.ts'
import { createHostSupervisor } from '#main/shell/host-supervisor.ts'
import { createSource, type Observable } from '#main/shell/observable.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { ShellScreen } from '#main/shell/shell-screen.ts'

export type LaptopScreenOptions = {
  planned: PlannedScreen
  dataDir: string
  logDir: string
  launchId: string
  forkHost(options: HostOptions): HostProcess
  log: ShellLog
  /** The screens that run and the counters that could. */
  laptop: Observable<Pick<NonNullable<ShellInfo['laptop']>, 'screens' | 'spareCounters'>>
}

/** The devices are on the screen: a laptop has neither a number display nor a receipt printer. */
function panelProfile(kind: PlannedScreen['kind']) {
  const transport = { kind: 'panel' }
  return {
    displays: kind === 'counter' ? [{ driver: 'cd5220', params: {}, transport }] : [],
    printer: { width: 80, transport },
    language: 'id',
  }
}

export async function startLaptopScreen(options: LaptopScreenOptions): Promise<ShellScreen> {
  const { planned, logDir, launchId, log, laptop } = options
  const dataDir = join(options.dataDir, planned.id)
  await writeFirstProfile(dataDir, planned.kind)
  const logPath = join(logDir, `${planned.id}.log`)
  const host = createHostSupervisor({
    fork: () =>
      options.forkHost({ dataDir, launchId, codeCacheDir: join(dataDir, 'code-cache'), logPath, logLevel: 'info' }),
    logPath: join(logDir, 'shell.log'),
    log,
  })
  const current = (): ShellInfo => ({
    host: host.status.get(),
    laptop: { ...laptop.get(), samplePins: planned.pins },
  })
  const info = createSource(current())
  host.status.watch(() => info.set(current()))
  laptop.watch(() => info.set(current()))
  return { id: planned.id, title: planned.title, host, info }
}

/** Only the first time: whoever tries a real display or printer edits this file. */
async function writeFirstProfile(dataDir: string, kind: PlannedScreen['kind']): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const text = `${JSON.stringify(panelProfile(kind), null, 2)}\n`
  await writeFile(join(dataDir, 'profile.json'), text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

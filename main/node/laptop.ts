/**
 * The mall in one laptop: the mall server, a counter, a front desk and more counters on request, each its own host with
 * its own store. Only for development and for showing; a packaged workstation never runs it.
 */
import { randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { enrolWhenNew } from '#main/node/enrol-when-new.ts'
import { type PlannedScreen, readLaptopPlan } from '#main/node/laptop-plan.ts'
import { startOnOwnPort } from '#main/node/laptop-port.ts'
import { startLaptopScreen } from '#main/node/laptop-screen.ts'
import { startMallServer } from '#main/node/mall-server.ts'
import type { HostProcess } from '#main/shell/host-process.ts'
import type { HostOptions } from '#main/shell/host-protocol.ts'
import { createSource } from '#main/shell/observable.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import type { ShellScreen } from '#main/shell/shell-screen.ts'

export type LaptopOptions = {
  /** The project's folder. */
  root: string
  /** Stores of the server and of every screen; survive restarts. */
  dataDir: string
  logDir: string
  /** A Node that runs TypeScript, for the mall server. */
  nodePath: string
  forkHost(options: HostOptions): HostProcess
  log: ShellLog
}

export type Laptop = {
  firstScreenId: string
  find(screenId: string): ShellScreen | undefined
  /** Starts a spare counter's host first. Undefined when the laptop has no such screen. */
  open(screenId: string): Promise<ShellScreen | undefined>
  /** Ends every host, then the server. */
  stop(): Promise<void>
}

/** Enrolling takes well under this; on a slower machine the set-up screen is seen for a moment. */
const WAIT_FOR_ENROLMENT_MS = 10_000

/** Rejects with a sentence for the person at the terminal when the mall server cannot start. */
export async function startLaptop(options: LaptopOptions): Promise<Laptop> {
  const { root, dataDir, logDir, nodePath, log } = options
  const configPath = join(root, 'config/contoh-mpp.json')
  await mkdir(dataDir, { recursive: true })
  const logPath = join(logDir, 'shell.log')
  const serverDir = join(dataDir, 'server')
  const server = await startOnOwnPort(dataDir, (port) =>
    startMallServer({ root, nodePath, configPath, dataDir: serverDir, port, logPath, log }),
  )
  const plan = await readLaptopPlan(configPath)
  const launchId = randomUUID()
  const ending = new AbortController()
  const planned = [...plan.screens, ...plan.spares]
  const started = new Map<string, Promise<ShellScreen>>()
  const ready = new Map<string, ShellScreen>()
  const laptop = createSource(screensNow())

  function screensNow() {
    return {
      screens: planned.filter(({ id }) => ready.has(id)).map(({ id, title, kind }) => ({ id, title, kind })),
      spareCounters: plan.spares.filter(({ id }) => !started.has(id)).map(({ id, title }) => ({ id, title })),
    }
  }

  async function start(screen: PlannedScreen): Promise<ShellScreen> {
    const running = await startLaptopScreen({ ...options, planned: screen, launchId, laptop })
    ready.set(screen.id, running)
    const enrolled = enrolWhenNew({
      host: running.host,
      serverUrl: server.url,
      deviceName: `${screen.title} (laptop)`,
      createCode: () => server.createCode(screen.role),
      log,
      signal: ending.signal,
    }).catch((error: unknown) => log.error({ err: error, screen: screen.id }, 'laptop screen not enrolled'))
    await Promise.race([enrolled, timeOrAbort(WAIT_FOR_ENROLMENT_MS, ending.signal)])
    laptop.set(screensNow())
    return running
  }

  function open(screenId: string): Promise<ShellScreen> | undefined {
    const running = started.get(screenId)
    const screen = planned.find(({ id }) => id === screenId)
    if (running || !screen) return running
    const starting = start(screen)
    started.set(screenId, starting)
    // A screen that could not start, for example on a full disk, may be asked for again.
    starting.catch(() => started.delete(screenId))
    return starting
  }

  async function stop(): Promise<void> {
    ending.abort()
    await Promise.allSettled(started.values())
    await Promise.all([...ready.values()].map((screen) => screen.host.stop()))
    await server.stop()
  }

  try {
    await Promise.all(plan.screens.map(({ id }) => open(id)))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    firstScreenId: plan.screens[0]?.id ?? '',
    find: (screenId) => ready.get(screenId),
    open: async (screenId) => open(screenId),
    stop,
  }
}

function timeOrAbort(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

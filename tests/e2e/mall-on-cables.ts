/** The laptop's mall, built from its own parts so that every desk hangs on a cable that a test can pull. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { enrolWhenNew } from '#main/node/enrol-when-new.ts'
import { onFirstFreePort } from '#main/node/free-port.ts'
import { screenPath, startGateway } from '#main/node/gateway.ts'
import { readLaptopPlan } from '#main/node/laptop-plan.ts'
import { startLaptopScreen } from '#main/node/laptop-screen.ts'
import { type MallServer, PortInUse, startMallServer } from '#main/node/mall-server.ts'
import { forkHostOnNode } from '#main/node/node-fork.ts'
import { projectPaths } from '#main/node/project-paths.ts'
import { createSource } from '#main/shell/observable.ts'
import { createShellLog } from '#main/shell/shell-log.ts'
import type { ShellScreen } from '#main/shell/shell-screen.ts'
import { ROOT } from '#scripts/root.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

const FIRST_SERVER_PORT = 4830

export type MallOnCables = {
  url: string
  /** Where a page of this screen is found by a browser that was at `url` before. */
  addressOf(screenId: string): string
  serverDir: string
  pull(screenId: string): void
  plugIn(screenId: string): void
  stopServer(): Promise<void>
  startServer(): Promise<void>
}

/** Ends with the test. The first screen is the one at `url`. */
export async function startMallOnCables(screenIds: readonly string[]): Promise<MallOnCables> {
  const folder = tempFolder()
  const logDir = join(folder, 'logs')
  const log = createShellLog(join(logDir, 'shell.log'))
  const configPath = join(ROOT, 'config/contoh-mpp.json')
  const paths = projectPaths(ROOT)
  const serverDir = join(folder, 'server')
  let port = 0
  const startServer = (): Promise<MallServer> =>
    startMallServer({
      root: ROOT,
      nodePath: process.execPath,
      configPath,
      dataDir: serverDir,
      port,
      logPath: join(logDir, 'shell.log'),
      log,
    })
  let server = await onFirstFreePort(FIRST_SERVER_PORT, (candidate) => {
    port = candidate
    return startServer().catch((error: unknown) => {
      if (error instanceof PortInUse) return null
      throw error
    })
  })
  onTestFinished(() => server.stop())

  const plan = await readLaptopPlan(configPath)
  const laptop = createSource({ screens: [], spareCounters: [] })
  const screens = new Map<string, ShellScreen>()
  const cables = new Map<string, Cable>()
  const ending = new AbortController()
  onTestFinished(async () => {
    ending.abort()
    await Promise.all([...screens.values()].map(({ host }) => host.stop()))
  })
  for (const id of screenIds) {
    const planned = [...plan.screens, ...plan.spares].find((one) => one.id === id)
    if (!planned) throw new Error(`${id} is no screen of the laptop's mall`)
    const forkHost = (host: Parameters<typeof forkHostOnNode>[0]['host']) =>
      forkHostOnNode({ entry: paths.host, host, log })
    const screen = await startLaptopScreen({ planned, dataDir: folder, logDir, launchId: 'e2e', forkHost, log, laptop })
    screens.set(id, screen)
    const cable = await createCable(port)
    cables.set(id, cable)
    await enrolWhenNew({
      host: screen.host,
      serverUrl: `http://127.0.0.1:${cable.port}`,
      deviceName: planned.title,
      createCode: () => server.createCode(planned.role),
      log,
      signal: ending.signal,
    })
  }
  const gateway = await startGateway({
    rendererDir: paths.renderer,
    port: 0,
    firstScreenId: screenIds[0] ?? '',
    findScreen: (id) => screens.get(id),
    openScreen: async () => ({ ok: false, code: 'SCREEN_UNKNOWN' }),
    onStranger: () => {},
    log,
  })
  onTestFinished(() => gateway.close())
  const cableOf = (id: string): Cable => {
    const cable = cables.get(id)
    if (!cable) throw new Error(`${id} has no cable`)
    return cable
  }
  return {
    url: gateway.url(),
    addressOf: (id) => `http://127.0.0.1:${gateway.port}${screenPath(id)}`,
    serverDir,
    pull: (id) => cableOf(id).pull(),
    plugIn: (id) => cableOf(id).plugIn(),
    stopServer: () => server.stop(),
    async startServer() {
      server = await startServer()
    },
  }
}

type Cable = { port: number; pull(): void; plugIn(): void }

/** Between one desk and the server; pulled, everything on it breaks off and nothing new comes through. */
async function createCable(serverPort: number): Promise<Cable> {
  const sockets = new Set<Socket>()
  let isIn = true
  const keep = (socket: Socket) => {
    sockets.add(socket)
    // A pulled cable, or a server that is gone: the other end hears of it by its own close.
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
  }
  const door = createServer((near) => {
    if (!isIn) return void near.destroy()
    const far = connect(serverPort, '127.0.0.1')
    keep(near)
    keep(far)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    near.pipe(far).pipe(near)
  })
  door.listen(0, '127.0.0.1')
  await once(door, 'listening')
  const pull = () => {
    isIn = false
    for (const socket of sockets) socket.destroy()
  }
  onTestFinished(() => {
    pull()
    door.close()
  })
  return {
    port: (door.address() as AddressInfo).port,
    pull,
    plugIn() {
      isIn = true
    },
  }
}

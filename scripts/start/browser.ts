/** npm start in a browser: the mall in one laptop behind the loopback gateway, in this process. */
import { join } from 'node:path'
import { onFirstFreePort } from '#main/node/free-port.ts'
import { type Gateway, type GatewayOptions, screenPath, startGateway } from '#main/node/gateway.ts'
import { startLaptop } from '#main/node/laptop.ts'
import { forkHostOnNode } from '#main/node/node-fork.ts'
import { projectPaths } from '#main/node/project-paths.ts'
import { createShellLog } from '#main/shell/shell-log.ts'
import { ROOT } from '#scripts/root.ts'

export type BrowserDesk = {
  logPath: string
  stop(): Promise<void>
}

const FIRST_PORT = 4710

export type BrowserOptions = {
  dataDir: string
  port: number | null
  /** The address for a browser, and each later one: an address works once. */
  onUrl(url: string): void
}

/** `port` null takes the first free one. Rejects with a sentence for the person at the terminal. */
export async function startInBrowser({ dataDir, port, onUrl }: BrowserOptions): Promise<BrowserDesk> {
  const paths = projectPaths(ROOT)
  const logDir = join(dataDir, 'logs')
  const logPath = join(logDir, 'shell.log')
  const log = createShellLog(logPath)
  const laptop = await startLaptop({
    root: ROOT,
    dataDir: join(dataDir, 'laptop'),
    logDir,
    nodePath: process.execPath,
    forkHost: (host) => forkHostOnNode({ entry: paths.host, host, log }),
    log,
  })
  let told = ''
  const gateway = await startOnPort(port, {
    rendererDir: paths.renderer,
    firstScreenId: laptop.firstScreenId,
    findScreen: laptop.find,
    async openScreen(screenId) {
      const screen = await laptop.open(screenId)
      return screen ? { ok: true, data: { path: screenPath(screenId) } } : { ok: false, code: 'SCREEN_UNKNOWN' }
    },
    onStranger: tellUrl,
    log,
  }).catch(async (error: unknown): Promise<Gateway> => {
    await laptop.stop()
    throw error
  })

  function tellUrl(): void {
    if (gateway.url() === told) return
    told = gateway.url()
    onUrl(told)
  }

  tellUrl()
  return {
    logPath,
    async stop() {
      await gateway.close()
      await laptop.stop()
    },
  }
}

async function startOnPort(port: number | null, options: Omit<GatewayOptions, 'port'>): Promise<Gateway> {
  const take = async (candidate: number): Promise<Gateway | null> => {
    try {
      return await startGateway({ ...options, port: candidate })
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null
      throw error
    }
  }
  if (port === null) return onFirstFreePort(FIRST_PORT, take)
  const gateway = await take(port)
  if (gateway) return gateway
  throw new Error(`Port ${port} sudah dipakai program lain. Pilih --port yang lain.`)
}

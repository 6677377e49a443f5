/** One desk of the demo: its own host process with its own store, spoken to through the contract. */
import { randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeskClient, MethodInput, MethodName, MethodOutput } from '#contract/desk-api.ts'
import { createDeskClient } from '#contract/desk-client.ts'
import type { DeskSnapshot, PanelSnapshot } from '#contract/snapshot.ts'
import type { LedDriverId } from '#main/host/devices/led/drivers.ts'
import { createDisplayReader } from '#main/host/devices/led/readers/display-reader.ts'
import { forkHostOnNode } from '#main/node/node-fork.ts'
import { createHostSupervisor } from '#main/shell/host-supervisor.ts'
import type { ShellLog } from '#main/shell/shell-log.ts'
import { catchPaper, type PaperCatcher } from '#scripts/demo/paper-catcher.ts'
import { hasSocat, openCable, type SerialCable } from '#scripts/demo/serial-cable.ts'
import { ROOT } from '#scripts/root.ts'

export type DemoDesk = {
  id: string
  driver: LedDriverId | null
  dataDir: string
  desk(): DeskSnapshot
  invoke<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>>
  until(what: string, holds: (snapshot: DeskSnapshot) => boolean): Promise<DeskSnapshot>
  /** What the display shows now and every byte it got, read at the far end of its line. */
  display(): { shown: string; hex: string }
  paper: PaperCatcher
  stop(): Promise<void>
}

export type DeskOptions = { id: string; driver: LedDriverId | null; folder: string; log: ShellLog; logPath: string }

const WAIT_MS = 10_000

export async function startDesk({ id, driver, folder, log, logPath }: DeskOptions): Promise<DemoDesk> {
  const dataDir = join(folder, id)
  mkdirSync(dataDir, { recursive: true })
  const paper = await catchPaper()
  const cable = driver && hasSocat() ? await openCable(folder, id) : null
  writeProfile(dataDir, driver, cable, paper.port)

  const supervisor = createHostSupervisor({
    fork: () =>
      forkHostOnNode({
        entry: join(ROOT, 'main/host/process.ts'),
        host: { dataDir, launchId: randomUUID(), logPath, logLevel: 'info' },
        log,
      }),
    logPath,
    log,
  })
  const client = createDeskClient(supervisor.connect())
  const desk = newest<DeskSnapshot>((onValue) => client.subscribe('desk', onValue))
  const panel = newest<PanelSnapshot>((onValue) => client.subscribe('panel', onValue))

  return {
    id,
    driver,
    dataDir,
    paper,
    desk: () => desk.value(),
    invoke: (method, input) => invoke(client, method, input),
    until: (what, holds) => desk.until(`${id}: ${what}`, holds),
    display() {
      if (cable && driver) {
        const reader = createDisplayReader(driver)
        reader.feed(cable.received())
        return { shown: reader.shown(), hex: cable.received().toString('hex') }
      }
      const [display] = panel.value().displays
      return { shown: display?.shown ?? '', hex: display?.hex ?? '' }
    },
    async stop() {
      await supervisor.stop()
      await cable?.unplug()
      await paper.close()
    },
  }
}

function writeProfile(
  dataDir: string,
  driver: LedDriverId | null,
  cable: SerialCable | null,
  printerPort: number,
): void {
  const transport = cable ? { kind: 'serial', path: cable.path } : { kind: 'panel' }
  const profile = {
    displays: driver ? [{ driver, params: {}, transport }] : [],
    printer: { width: 80, transport: { kind: 'tcp', host: '127.0.0.1', port: printerPort } },
    language: 'id',
  }
  writeFileSync(join(dataDir, 'profile.json'), JSON.stringify(profile))
}

async function invoke<M extends MethodName>(client: DeskClient, method: M, input: MethodInput<M>) {
  const result = await client.invoke(method, input)
  if (!result.ok) throw new Error(`${method} was refused: ${result.code} ${JSON.stringify(result.detail ?? {})}`)
  return result.data
}

/** Keeps the newest pushed value and lets the demo wait for one. */
function newest<T>(subscribe: (onValue: (value: T) => void) => unknown) {
  let current: { value: T } | null = null
  const waiters = new Set<() => void>()
  subscribe((value) => {
    current = { value }
    for (const look of waiters) look()
  })
  const value = () => {
    if (!current) throw new Error('the host has not spoken yet')
    return current.value
  }
  return {
    value,
    until(what: string, holds: (value: T) => boolean): Promise<T> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => finish(() => reject(new Error(`waited in vain: ${what}`))), WAIT_MS)
        const look = () => {
          if (current && holds(current.value)) finish(() => resolve(value()))
        }
        function finish(how: () => void): void {
          clearTimeout(timer)
          waiters.delete(look)
          how()
        }
        waiters.add(look)
        look()
      })
    },
  }
}

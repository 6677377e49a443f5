/** A running mall for a suite: server, front desk and counters as light devices, and visitors by the batch. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PriorityGroup } from '#domain/events.ts'
import { Device } from '#tests/bench/product/device.ts'
import { benchMall, type Counters, labelOf, type MallOptions } from '#tests/bench/product/mall.ts'
import {
  counterRole,
  enrolmentCodes,
  frontDeskRole,
  type MallServer,
  startMallServer,
} from '#tests/bench/product/server.ts'

export type Hall = {
  server: MallServer
  counters: Device[]
  /** Issues so many visits, one service after the other, in as few pushes as possible. */
  arrive(count: number, priority?: PriorityGroup | null): Promise<void>
  /** A code for one more device at this counter. */
  codeFor(counterId: string): Promise<string>
  codesFor(counterIds: readonly string[]): Promise<string[]>
  close(): Promise<void>
}

export type HallOptions = MallOptions & {
  /** The services that visitors come for, else the first. */
  visited?: readonly string[]
  /** The counters that become light devices, not open yet; else all. */
  enrol?: readonly string[]
  /** A module that is loaded before the server's own code. */
  preload?: string
}

export async function openHall(counters: Counters, options: HallOptions = {}): Promise<Hall> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'))
  const config = benchMall(counters, options)
  const server = await startMallServer({ folder, config, ...(options.preload ? { preload: options.preload } : {}) })
  const { visited = config.services.slice(0, 1).map(({ id }) => id), enrol = Object.keys(counters) } = options
  const roles = [frontDeskRole, ...enrol.map(counterRole)]
  const devices: Device[] = []
  for (const code of await enrolmentCodes(folder, roles)) devices.push(await Device.enrol(server.url, code))
  const [frontDesk, ...rest] = devices
  if (!frontDesk) throw new Error('no front desk')
  let issued = 0
  const codesFor = (counterIds: readonly string[]) => enrolmentCodes(folder, counterIds.map(counterRole))
  return {
    server,
    counters: rest,
    async arrive(count, priority = null) {
      for (let n = 0; n < count; n += 1) {
        const serviceId = visited[issued % visited.length] ?? ''
        const series = config.services.findIndex(({ id }) => id === serviceId)
        issued += 1
        frontDesk.issue(labelOf(series, issued), serviceId, priority)
      }
      await frontDesk.push()
    },
    codesFor,
    async codeFor(counterId) {
      const [code = ''] = await codesFor([counterId])
      return code
    },
    async close() {
      await Promise.all(devices.map((device) => device.close()))
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

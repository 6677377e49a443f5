/** A running mall for a suite: server, front desk and counters as light devices, and visitors by the batch. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Device } from '#tests/bench/product/device.ts'
import { benchMall, type Counters, labelOf } from '#tests/bench/product/mall.ts'
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
  /** Issues so many visits for the service that all counters share, in as few pushes as possible. */
  arrive(count: number): Promise<void>
  /** A code for one more device at this counter. */
  codeFor(counterId: string): Promise<string>
  close(): Promise<void>
}

/** The first service of the configuration is the one that visitors come for. Counters are enrolled, not open. */
export async function openHall(counters: Counters): Promise<Hall> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'))
  const server = await startMallServer({ folder, config: benchMall(counters) })
  const [serviceId = ''] = Object.values(counters)[0] ?? []
  const roles = [frontDeskRole, ...Object.keys(counters).map(counterRole)]
  const devices: Device[] = []
  for (const code of await enrolmentCodes(folder, roles)) devices.push(await Device.enrol(server.url, code))
  const [frontDesk, ...rest] = devices
  if (!frontDesk) throw new Error('no front desk')
  let issued = 0
  return {
    server,
    counters: rest,
    async arrive(count) {
      for (let n = 0; n < count; n += 1) {
        issued += 1
        frontDesk.issue(labelOf(0, issued), serviceId)
      }
      await frontDesk.push()
    },
    async codeFor(counterId) {
      const [code = ''] = await enrolmentCodes(folder, [counterRole(counterId)])
      return code
    },
    async close() {
      await Promise.all(devices.map((device) => device.close()))
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

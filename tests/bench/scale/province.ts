/**
 * A province on one PostgreSQL: 500 malls with 30 counters each are registered, ten of the malls are open with all their
 * counters, and two servers share the work, so that a mall's counters hear of each other across processes.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { cpuSeconds, cpuSecondsOfAll, residentMegabytes, startProgram } from '#tests/bench/processes.ts'
import { Device } from '#tests/bench/product/device.ts'
import { benchMall, type Counters, labelOf } from '#tests/bench/product/mall.ts'
import { FIRST_MALL, type Registered, registerProvince } from '#tests/bench/product/province.ts'
import { type MallServer, startMallServer } from '#tests/bench/product/server.ts'
import { type Figure, figure, quantile } from '#tests/bench/result.ts'
import { type Crowd, gather } from '#tests/bench/scale/crowd.ts'
import type { Pace } from '#tests/bench/scale/officer.ts'
import { prove } from '#tests/bench/scale/worked.ts'
import { until } from '#tests/bench/until.ts'

const MALLS = 500
const COUNTERS = 30
const SERVICES = 10
const SERVERS = 2
const PACE: Pace = { arrivalMs: 1_000, servingMs: 4_000, idleMs: 1_000 }
const ARRIVALS_EVERY_MS = 500

export async function province({
  open = 10,
  visitsPerMall = 100,
  seconds = 90,
  idleSeconds = 20,
} = {}): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'))
  const counters: Counters = Object.fromEntries(
    Array.from({ length: COUNTERS }, (_, index) => [`c-${index + 1}`, [`layanan-${index % SERVICES}`]]),
  )
  const postgres = await startProgram<{ kind: 'ready'; url: string }>(
    join(import.meta.dirname, '../postgres-process.ts'),
  )
  const servers: MallServer[] = []
  let crowd: Crowd | null = null
  try {
    const config = benchMall(counters, { mallId: FIRST_MALL })
    for (let n = 0; n < SERVERS; n += 1) {
      const own = join(folder, `server-${n}`)
      mkdirSync(own)
      servers.push(await startMallServer({ folder: own, config, database: postgres.ready.url }))
    }
    const devices = await registerProvince(postgres.ready.url, MALLS, Object.keys(counters), open)
    const seats = devices.filter(({ role }) => role.kind === 'counter')
    const urlOf = (index: number) => servers[index % SERVERS]?.url ?? ''
    const memory = () => servers.reduce((sum, { pid }) => sum + residentMegabytes(pid), 0)
    const serverCpu = () => servers.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0)
    const before = memory()
    crowd = await gather(
      seats.map(({ mallId: _mallId, ...enrolment }, index) => ({ url: urlOf(index), enrolment })),
      PACE,
      2,
    )
    const connected = memory()
    const idleFrom = serverCpu()
    await delay(idleSeconds * 1000)
    const idle = (serverCpu() - idleFrom) / idleSeconds / seats.length
    const cpuFrom = serverCpu()
    const databaseFrom = cpuSecondsOfAll(postgres.pid)
    crowd.go()
    const visits = open * visitsPerMall
    await letThemCome(devices, urlOf(0), visitsPerMall, seconds)
    await until('the last visit', () => (crowd?.finished() ?? 0) >= visits)
    const worked = await crowd.end()
    const perThousand = 1000 / visits
    prove(worked, visits)
    return [
      figure('scale.province.registered', 'devices', MALLS * COUNTERS, 1),
      figure('scale.province.connected', 'devices', seats.length, 1),
      figure('scale.province.served', 'visits', visits, visits),
      figure('scale.province.call.p50', 'ms', quantile(worked.callMs, 0.5), worked.callMs.length),
      figure('scale.province.call.p99', 'ms', quantile(worked.callMs, 0.99), worked.callMs.length),
      figure('scale.province.cpu-per-1000', 's', (serverCpu() - cpuFrom) * perThousand, visits),
      figure('scale.province.postgres-cpu', 's', (cpuSecondsOfAll(postgres.pid) - databaseFrom) * perThousand, visits),
      figure('scale.province.idle-cpu', 'ms', idle * 1000, seats.length),
      figure('scale.province.memory', 'kB', ((connected - before) * 1024) / seats.length, seats.length),
    ]
  } finally {
    await crowd?.stop()
    for (const server of servers) await server.stop()
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Every open mall's front desk issues its visits evenly over the time. */
async function letThemCome(
  devices: readonly Registered[],
  url: string,
  visitsPerMall: number,
  seconds: number,
): Promise<void> {
  const desks: Device[] = []
  for (const { mallId: _mallId, ...enrolment } of devices) {
    if (enrolment.role.kind === 'front_desk') desks.push(await Device.known(url, enrolment))
  }
  const begin = performance.now()
  for (let issued = 0; issued < visitsPerMall; ) {
    const due = Math.min(visitsPerMall, Math.ceil(((performance.now() - begin) / 1000 / seconds) * visitsPerMall))
    for (let n = issued + 1; n <= due; n += 1) {
      for (const desk of desks) desk.issue(labelOf(n % SERVICES, n), `layanan-${n % SERVICES}`, null)
    }
    await Promise.all(desks.map((desk) => desk.push()))
    issued = due
    await delay(ARRIVALS_EVERY_MS)
  }
  await Promise.all(desks.map((desk) => desk.close()))
}

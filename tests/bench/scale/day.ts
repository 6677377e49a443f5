/**
 * A mall's day, compressed: forty counters, most of them reduced to their wire and a few of them real workstations, one server
 * on this machine, 3,000 visits. Nobody may be called twice, everybody has to be served.
 */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { cpuSeconds, residentMegabytes } from '#tests/bench/processes.ts'
import { type Hall, openHall } from '#tests/bench/product/hall.ts'
import { type DeskHost, openDesk, startDeskHost } from '#tests/bench/product/host.ts'
import type { Counters } from '#tests/bench/product/mall.ts'
import { type Figure, figure, quantile } from '#tests/bench/result.ts'
import { type Crowd, gather } from '#tests/bench/scale/crowd.ts'
import { workAtDesk } from '#tests/bench/scale/host-officer.ts'
import type { Pace } from '#tests/bench/scale/officer.ts'
import { noWork, prove, sum } from '#tests/bench/scale/worked.ts'
import { until } from '#tests/bench/until.ts'

/** Ten services with four counters each, as the floors of a mall are: every entry is contested. */
const SERVICES = 10
const COUNTERS = 40
/** The time that the server takes is known from its CPU; the officers of a compressed day have none to lose. */
const PACE: Pace = { arrivalMs: 200, servingMs: 600, idleMs: 100 }
const ARRIVALS_EVERY_MS = 200

export async function mallDay({ visits = 3_000, seconds = 120, hosts = 3 } = {}): Promise<Figure[]> {
  const counters: Counters = Object.fromEntries(
    Array.from({ length: COUNTERS }, (_, index) => [`c-${index + 1}`, [`layanan-${index % SERVICES}`]]),
  )
  const visited = [...new Set(Object.values(counters).flat())]
  const hall = await openHall(counters, { visited, enrol: [] })
  const desks: DeskHost[] = []
  let crowd: Crowd | null = null
  try {
    const before = residentMegabytes(hall.server.pid)
    const ids = Object.keys(counters)
    for (const id of ids.slice(0, hosts)) {
      const desk = await startDeskHost(join(hall.server.folder, id))
      desks.push(desk)
      await openDesk(desk, hall.server.url, await hall.codeFor(id))
      await desk.follow()
    }
    const codes = await hall.codesFor(ids.slice(hosts))
    crowd = await gather(
      codes.map((code) => ({ url: hall.server.url, code })),
      PACE,
      1,
    )
    const connected = residentMegabytes(hall.server.pid)
    const atDesks = noWork()
    let isOver = false
    const cpuBefore = cpuSeconds(hall.server.pid)
    crowd.go()
    const officers = desks.map((desk) => workAtDesk(desk, PACE, atDesks, () => isOver))
    await letThemCome(hall, visits, seconds)
    await until('the last visit', () => (crowd?.finished() ?? 0) + atDesks.finished.length >= visits)
    isOver = true
    const atCounters = await crowd.end()
    await Promise.all(officers)
    const cpu = cpuSeconds(hall.server.pid) - cpuBefore
    prove(sum([atCounters, atDesks]), visits)
    return [
      figure('scale.day.served', 'visits', visits, visits),
      figure('scale.day.call.p50', 'ms', quantile(atCounters.callMs, 0.5), atCounters.callMs.length),
      figure('scale.day.call.p99', 'ms', quantile(atCounters.callMs, 0.99), atCounters.callMs.length),
      figure('scale.day.desk-call.p99', 'ms', quantile(atDesks.callMs, 0.99), atDesks.callMs.length),
      figure('scale.day.cpu-per-1000', 's', (cpu * 1000) / visits, visits),
      figure('scale.day.rss', 'MB', residentMegabytes(hall.server.pid), visits),
      figure('scale.day.counter-memory', 'kB', ((connected - before) * 1024) / COUNTERS, COUNTERS),
    ]
  } finally {
    await crowd?.stop()
    for (const desk of desks) await desk.stop()
    await hall.close()
  }
}

async function letThemCome(hall: Hall, visits: number, seconds: number): Promise<void> {
  const begin = performance.now()
  for (let issued = 0; issued < visits; ) {
    const due = Math.min(visits, Math.ceil(((performance.now() - begin) / 1000 / seconds) * visits))
    if (due > issued) await hall.arrive(due - issued)
    issued = due
    await delay(ARRIVALS_EVERY_MS)
  }
}

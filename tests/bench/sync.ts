/**
 * sync: a counter worked through a long cut; its 10,000 facts go to the server when the connection is back. Real store, real
 * host, real server, everything durable and proven, against PouchDB replicating the same bodies to express-pouchdb.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peerProgram } from '#tests/bench/peers.ts'
import { startProgram } from '#tests/bench/processes.ts'
import { openHall } from '#tests/bench/product/hall.ts'
import { type DeskHost, openDesk, startDeskHost } from '#tests/bench/product/host.ts'
import { chainOfServer, eventsOfStore } from '#tests/bench/product/stored.ts'
import { type Figure, figure, median } from '#tests/bench/result.ts'
import { startWireCounter, type WireCounter } from '#tests/bench/wire-counter.ts'
import { visitsFor, workThroughCut } from '#tests/bench/work-through-cut.ts'

/** `ms` from the first byte on the mended wire to the moment at which the sender knows that everything is stored. */
type Course = { events: number; ms: number; bytes: number; bodies: string[] }

export async function sync({ events = 10_000, runs = 3 } = {}): Promise<Figure[]> {
  const ours: Course[] = []
  const theirs: Course[] = []
  for (let run = 0; run < runs; run += 1) {
    const course = await runOurs(events)
    ours.push(course)
    theirs.push(await runPeer(course.bodies))
  }
  const name = 'PouchDB replication'
  const of = (courses: Course[], value: (course: Course) => number) => median(courses.map(value))
  const rate = (course: Course) => (course.events * 1000) / course.ms
  const megabytes = (course: Course) => course.bytes / 1_000_000
  return [
    figure('sync.backlog.rate', '/s', of(ours, rate), runs, { name, value: of(theirs, rate) }),
    figure('sync.backlog.bytes', 'MB', of(ours, megabytes), runs, { name, value: of(theirs, megabytes) }),
  ]
}

async function runOurs(events: number): Promise<Course> {
  const counters = { 'c-1': ['umum'], 'c-2': ['lanjutan'] }
  const hall = await openHall(counters)
  const wire = await startWireCounter(hall.server.port)
  const desk = await startDeskHost(join(hall.server.folder, 'desk'))
  try {
    await openDesk(desk, wire.url, await hall.codeFor('c-1'))
    // Only this counter is open: all of them go into its hand, and it can work through any cut.
    const visits = visitsFor(events)
    await hall.arrive(visits)
    await desk.until(({ waiting }) => waiting.filter(({ mine }) => mine).length === visits)
    await wire.cut()
    await desk.until(({ connection }) => connection.state === 'offline')
    const before = eventsOfStore(desk.dataDir).length
    await workThroughCut(desk, events)
    const course = await timeMended(desk, wire)
    const stored = eventsOfStore(desk.dataDir)
    const { deviceId } = (await desk.until(({ device }) => device !== null)).snapshot.device ?? {}
    const chain = chainOfServer(hall.server.folder, deviceId ?? '')
    if (chain.count !== stored.length || chain.lastHash !== stored.at(-1)?.hash) {
      throw new Error(`the server has ${chain.count} of ${stored.length} events, or another last one`)
    }
    return { ...course, events: stored.length - before, bodies: stored.slice(before).map(({ body }) => body) }
  } finally {
    await desk.stop()
    await wire.close()
    await hall.close()
  }
}

async function timeMended(desk: DeskHost, wire: WireCounter): Promise<{ ms: number; bytes: number }> {
  wire.reset()
  await wire.mend()
  const { at } = await desk.until(({ connection }) => connection.state === 'online' && connection.unsent === 0)
  const { sent, received, firstAt } = wire.count()
  if (firstAt === null) throw new Error('nothing went over the wire')
  return { ms: at - firstAt, bytes: sent + received }
}

async function runPeer(bodies: readonly string[]): Promise<Course> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'))
  const file = join(folder, 'bodies.txt')
  writeFileSync(file, bodies.join('\n'))
  const server = await startProgram(peerProgram('server.mjs'), { args: [folder] })
  const wire = await startWireCounter(server.ready.port ?? 0)
  const source = await startProgram(peerProgram('source.mjs'), { args: [folder, file] })
  try {
    const isKind = (kind: string) => (message: unknown) => (message as { kind: string }).kind === kind
    const done = source.next<{ written: number; failures: number }>(isKind('done'))
    const stored = source.next<{ count: number }>(isKind('stored'))
    source.child.send({ kind: 'go', url: wire.url })
    const { written, failures } = await done
    const at = performance.now()
    const { sent, received, firstAt } = wire.count()
    const { count } = await stored
    if (written !== bodies.length || failures > 0 || count !== bodies.length || firstAt === null) {
      throw new Error(`the peer stored ${count} of ${bodies.length} documents, ${failures} failed`)
    }
    return { events: count, ms: at - firstAt, bytes: sent + received, bodies: [] }
  } finally {
    await source.stop()
    await wire.close()
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * start: the bundled host process from spawn to "ready" (store open, migrated, contract answering), against a Node process
 * that does nothing but say "ready". Then 3,000 visits through it, and its memory.
 */
import { fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createDeskClient } from '#contract/desk-client.ts'
import { type FromHostProcess, HOST_OPTIONS_ENV } from '#main/shell/host-protocol.ts'
import { buildParts, PARTS } from '#scripts/build-parts.ts'
import { ROOT } from '#scripts/root.ts'
import { type Figure, figure, median } from '#tests/bench/result.ts'
import { LAUNCH_ID, openFeeder, prepareStore } from '#tests/support/prepared-store.ts'

const STARTS = 15
const VISITS = 3_000

export async function start(): Promise<Figure[]> {
  await buildParts(PARTS.filter((part) => part.name === 'host'))
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'))
  try {
    const empty = join(folder, 'empty.mjs')
    writeFileSync(empty, "process.send({ kind: 'ready' })\n")
    const dataDir = join(folder, 'store')
    prepareStore(dataDir)
    const host = join(ROOT, 'out/main/host.cjs')
    const hostTimes: number[] = []
    const emptyTimes: number[] = []
    // The first start keeps the compiled code for the later ones; every start after it is the usual one.
    await readyAfter(host, dataDir, 4_000)
    for (let run = 0; run < STARTS; run += 1) {
      emptyTimes.push(await readyAfter(empty, dataDir))
      hostTimes.push(await readyAfter(host, dataDir))
    }
    const megabytes = await memoryAfterVisits(host, dataDir)
    const peer = { name: 'an empty Node process', value: median(emptyTimes) }
    return [figure('start.ready', 'ms', median(hostTimes), STARTS, peer), figure('start.rss', 'MB', megabytes, VISITS)]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function spawnHost(entry: string, dataDir: string) {
  const codeCacheDir = join(dataDir, 'code-cache')
  const options = { dataDir, launchId: LAUNCH_ID, codeCacheDir, logPath: join(dataDir, 'host.log'), logLevel: 'warn' }
  return fork(entry, [], {
    env: { ...process.env, [HOST_OPTIONS_ENV]: JSON.stringify(options) },
    serialization: 'advanced',
    execArgv: [],
  })
}

/** Milliseconds from spawn to the first "ready"; the process is gone when this resolves. */
async function readyAfter(entry: string, dataDir: string, stayMs = 0): Promise<number> {
  const begin = performance.now()
  const child = spawnHost(entry, dataDir)
  const took = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: FromHostProcess) => {
      if (message.kind === 'ready') resolve(performance.now() - begin)
      else reject(new Error(JSON.stringify(message)))
    })
    child.once('error', reject)
  })
  await delay(stayMs)
  await new Promise((resolve) => {
    child.once('exit', resolve)
    child.kill('SIGKILL')
  })
  return took
}

async function memoryAfterVisits(entry: string, dataDir: string): Promise<number> {
  const child = spawnHost(entry, dataDir)
  await new Promise((resolve) => child.once('message', resolve))
  const client = createDeskClient({
    post: (message) => child.send({ kind: 'message', client: 1, message }),
    onMessage: (handler) =>
      child.on('message', (message: FromHostProcess) => {
        if (message.kind === 'message') handler(message.message)
      }),
  })
  client.subscribe('desk', () => {})
  const feeder = openFeeder(dataDir)
  try {
    for (let visit = 0; visit < VISITS; visit += 1) {
      feeder.beforeVisit(visit)
      const called = await client.invoke('queue.callNext', { commandId: randomUUID() })
      if (!called.ok) throw new Error(`visit ${visit}: ${called.code}`)
      const { visitId, entryNo } = called.data
      const entry = { visitId, entryNo }
      await client.invoke('queue.startServing', { commandId: randomUUID(), ...entry })
      const done = await client.invoke('queue.complete', {
        commandId: randomUUID(),
        ...entry,
        outcome: 'delivered',
        paymentReference: null,
      })
      if (!done.ok) throw new Error(`visit ${visit}: ${done.code}`)
    }
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(status)?.[1]
    if (!kilobytes) throw new Error('no VmRSS: this suite reads /proc and runs on Linux only')
    return Number(kilobytes) / 1024
  } finally {
    feeder.close()
    child.kill('SIGKILL')
  }
}

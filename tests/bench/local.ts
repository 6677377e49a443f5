/**
 * local: a durable call next through the contract, with the product's own store settings on a real disk, against a bare
 * 4 KiB append + fsync on the same disk, one after the other in the same run.
 */
import { randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, figure, quantile } from '#tests/bench/result.ts'
import { startTestHost } from '#tests/support/in-process-host.ts'
import { LAUNCH_ID, openFeeder, prepareStore } from '#tests/support/prepared-store.ts'

const CALLS = 6_000
const WARM_UP = 200

export async function local(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'loket-bench-'))
  prepareStore(folder)
  const host = startTestHost({ dataDir: folder, launchId: LAUNCH_ID })
  const feeder = openFeeder(folder)
  const file = openSync(join(folder, 'floor.bin'), 'w')
  const page = Buffer.alloc(4096, 1)
  const calls: number[] = []
  const appends: number[] = []
  const countCheckpoints = checkpointCounter(folder)
  let checkpoints = 0
  try {
    for (let n = 0; n < CALLS + WARM_UP; n += 1) {
      feeder.beforeVisit(n)
      const start = performance.now()
      const called = await host.client.invoke('queue.callNext', { commandId: randomUUID() })
      const took = performance.now() - start
      if (!called.ok) throw new Error(`call ${n} was refused: ${called.code}`)

      const before = performance.now()
      writeSync(file, page)
      fsyncSync(file)
      const floor = performance.now() - before
      if (n >= WARM_UP) {
        calls.push(took)
        appends.push(floor)
      }

      const { visitId, entryNo } = called.data
      const ended = await host.client.invoke('queue.noShow', { commandId: randomUUID(), visitId, entryNo })
      if (!ended.ok) throw new Error(`ending call ${n} was refused: ${ended.code}`)
      checkpoints = countCheckpoints()
    }
  } finally {
    closeSync(file)
    feeder.close()
    await host.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  if (checkpoints < 3) throw new Error(`only ${checkpoints} checkpoints: the log's cost is not in the figures`)
  const peer = (share: number) => ({ name: '4 KiB append + fsync', value: quantile(appends, share) })
  return [
    figure('local.call.p50', 'ms', quantile(calls, 0.5), calls.length, peer(0.5)),
    figure('local.call.p99', 'ms', quantile(calls, 0.99), calls.length, peer(0.99)),
  ]
}

/**
 * Counts restarts of the write-ahead log: its header has a checkpoint sequence number (SQLite file format 4.1, offset 12)
 * that grows each time the log begins again after a complete checkpoint.
 */
function checkpointCounter(folder: string): () => number {
  const header = Buffer.alloc(16)
  let last: number | null = null
  let seen = 0
  return () => {
    const fd = openSync(join(folder, 'loket.db-wal'), 'r')
    readSync(fd, header, 0, 16, 0)
    closeSync(fd)
    const sequence = header.readUInt32BE(12)
    if (last !== null && sequence !== last) seen += 1
    last = sequence
    return seen
  }
}

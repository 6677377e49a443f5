/**
 * fanout: from the moment a counter sends its call to the moment the last of forty counters has heard of it, fifty calls a
 * second, against a row and a WebSocket broadcast; a call of ours and one of theirs by turns, heard in the same process.
 */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Grant } from '#contract/wire.ts'
import { startProgram } from '#tests/bench/processes.ts'
import { type Device, type EntryRef, keyOf } from '#tests/bench/product/device.ts'
import { openHall } from '#tests/bench/product/hall.ts'
import { alike } from '#tests/bench/product/mall.ts'
import { type Figure, figure, median, quantile } from '#tests/bench/result.ts'

const COUNTERS = 40
const EVERY_MS = 20
const WARM_UP_ROUNDS = 2

export async function fanout({ rounds = 20, counters = COUNTERS } = {}): Promise<Figure[]> {
  const hall = await openHall(alike(counters, 'umum'))
  const floor = await startProgram(join(import.meta.dirname, 'floors/broadcast.ts'), {
    args: [join(hall.server.folder, 'floor.db')],
  })
  const heard = createEar(counters)
  const heardBare = createEar(counters)
  try {
    let told = ''
    for (const desk of hall.counters) {
      await desk.follow((change, text) => {
        if (change.kind !== 'queue' || change.row.status !== 'called') return
        told = text
        heard.hear(keyOf(change.row))
      })
      await desk.open()
    }
    const sockets = await connect(floor.ready.port ?? 0, counters, (key) => heardBare.hear(key))
    await hall.arrive(3 * counters)
    const ours: number[] = []
    const theirs: number[] = []
    for (let round = 0; round < rounds + WARM_UP_ROUNDS; round += 1) {
      await hall.arrive(counters)
      await delay(100)
      const called: { desk: Device; grant: Grant }[] = []
      for (const [index, desk] of hall.counters.entries()) {
        const next = performance.now() + EVERY_MS
        const [grant] = desk.hand.values()
        if (!grant) throw new Error('an empty hand')
        const body = desk.call(grant).body
        const took = await heard.after(keyOf(grant), () => desk.push())
        called.push({ desk, grant })
        await delay(Math.max(0, next - EVERY_MS / 2 - performance.now()))
        const message = { body, tell: told }
        const bare = await heardBare.after(keyOf(grant), () => sockets[index]?.send(JSON.stringify(message)))
        if (round >= WARM_UP_ROUNDS) {
          ours.push(took)
          theirs.push(bare)
        }
        await delay(Math.max(0, next - performance.now()))
      }
      await Promise.all(called.map(({ desk, grant }) => finish(desk, grant)))
    }
    for (const socket of sockets) socket.terminate()
    const peer = (value: number) => ({ name: 'a row and a ws broadcast', value })
    return [
      figure('fanout.p50', 'ms', median(ours), ours.length, peer(median(theirs))),
      figure('fanout.p99', 'ms', quantile(ours, 0.99), ours.length, peer(quantile(theirs, 0.99))),
    ]
  } finally {
    await floor.stop()
    await hall.close()
  }
}

/** Counts who has heard of something; the time of `after` ends with the last of them. */
function createEar(listeners: number) {
  let waited = ''
  let missing = 0
  let resolve = () => {}
  return {
    hear(key: string) {
      if (key !== waited) return
      missing -= 1
      if (missing === 0) resolve()
    },
    async after(key: string, act: () => unknown): Promise<number> {
      waited = key
      missing = listeners
      const everybody = new Promise<void>((done) => {
        resolve = done
      })
      const start = performance.now()
      const acting = act()
      await everybody
      const took = performance.now() - start
      // The sender's own answer is not part of it, but a refusal has to come out.
      await acting
      return took
    },
  }
}

async function connect(port: number, count: number, hear: (key: string) => void): Promise<WebSocket[]> {
  const sockets = Array.from({ length: count }, () => new WebSocket(`ws://127.0.0.1:${port}`))
  for (const socket of sockets) {
    await new Promise((resolve) => socket.once('open', resolve))
    socket.on('message', (data) => {
      const { row } = JSON.parse(String(data)) as { row: EntryRef }
      hear(keyOf(row))
    })
  }
  return sockets
}

async function finish(desk: Device, { visitId, entryNo }: Grant): Promise<void> {
  desk.record({ type: 'entry.no_show', data: { visitId, entryNo, calls: 1 } })
  await desk.push()
}

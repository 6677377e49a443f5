/**
 * fanout: from the commit of a counter's call to the moment the last of forty counters has heard of it, fifty calls a second,
 * against a row and a WebSocket broadcast; a call of ours and one of theirs by turns, heard in the same process. And the
 * same from the moment at which the call is sent.
 */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket } from 'ws'
import type { Grant } from '#contract/wire/hands.ts'
import { type Program, startProgram } from '#tests/bench/processes.ts'
import { type Device, type EntryRef, keyOf } from '#tests/bench/product/device.ts'
import { openHall } from '#tests/bench/product/hall.ts'
import { alike } from '#tests/bench/product/mall.ts'
import { SERVER_ROOT } from '#tests/bench/product/root.ts'
import type { Committing } from '#tests/bench/product/tell-commits.ts'
import { type Figure, figure, median, quantile } from '#tests/bench/result.ts'
import { sharedClock } from '#tests/bench/shared-clock.ts'

const COUNTERS = 40
const EVERY_MS = 20
const WARM_UP_ROUNDS = 2

export async function fanout({ rounds = 20, counters = COUNTERS } = {}): Promise<Figure[]> {
  // Of the checkout that is measured: another one has other copies of the libraries.
  const preload = join(SERVER_ROOT, 'tests/bench/product/tell-commits.ts')
  const hall = await openHall(alike(counters, 'umum'), { preload })
  const floor = await startProgram(join(import.meta.dirname, 'floors/broadcast.ts'), {
    args: [join(hall.server.folder, 'floor.db')],
  })
  const heard = createEar(counters, hall.server.program)
  const heardBare = createEar(counters, floor)
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
    const ours: Heard[] = []
    const theirs: Heard[] = []
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
    return [...figures('fanout', 'committed', ours, theirs), ...figures('fanout.sent', 'sent', ours, theirs)]
  } finally {
    await floor.stop()
    await hall.close()
  }
}

function figures(name: string, from: keyof Heard, ours: readonly Heard[], theirs: readonly Heard[]): Figure[] {
  const peerName = 'a row and a ws broadcast'
  const samples = ours.map((one) => one[from])
  const bare = theirs.map((one) => one[from])
  return [
    figure(`${name}.p50`, 'ms', median(samples), samples.length, { name: peerName, value: median(bare) }),
    figure(`${name}.p99`, 'ms', quantile(samples, 0.99), samples.length, {
      name: peerName,
      value: quantile(bare, 0.99),
    }),
  ]
}

/** Milliseconds until the last one heard, since the message was sent and since the commit began. */
type Heard = { sent: number; committed: number }

/** Counts who has heard of something; the times of `after` end with the last of them. */
function createEar(listeners: number, { child }: Program) {
  let waited = ''
  let missing = 0
  let resolve = () => {}
  let resolveCommit = (_at: number) => {}
  child.on('message', (message: Committing) => {
    if (message.kind === 'committing') resolveCommit(message.at)
  })
  return {
    hear(key: string) {
      if (key !== waited) return
      missing -= 1
      if (missing === 0) resolve()
    },
    async after(key: string, act: () => unknown): Promise<Heard> {
      waited = key
      missing = listeners
      const everybody = new Promise<void>((done) => {
        resolve = done
      })
      // Nothing else is written meanwhile: the first commit from now on is the one of this message.
      const committed = new Promise<number>((done) => {
        resolveCommit = done
      })
      const start = sharedClock()
      const acting = act()
      await everybody
      const end = sharedClock()
      const begun = await committed
      // The sender's own answer is not part of it, but a refusal has to come out.
      await acting
      return { sent: end - start, committed: end - begun }
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

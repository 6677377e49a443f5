/**
 * server: a counter asks for the next entry and gets one, authenticated, validated and durable, over its link as desks do, against a
 * bare handler that makes the same commit, in turns of forty requests; one at a time and eight.
 */
import { join } from 'node:path'
import type { Grant } from '#contract/wire/hands.ts'
import { HAND_SIZE } from '#domain/deal.ts'
import { type Program, startProgram } from '#tests/bench/processes.ts'
import type { Device } from '#tests/bench/product/device.ts'
import { type Hall, openHall } from '#tests/bench/product/hall.ts'
import { alike } from '#tests/bench/product/mall.ts'
import { Wire } from '#tests/bench/product/wire.ts'
import { type Figure, figure, median } from '#tests/bench/result.ts'

const COUNTERS = 40
const CLIENTS = 8
const WARM_UP = 3

export async function server({ alone = 25, together = 50, counters = COUNTERS } = {}): Promise<Figure[]> {
  const hall = await openHall(alike(counters, 'umum'), { regularPerPriority: 0 })
  const requests = (alone + together + 2 * WARM_UP) * counters
  const floor = await startProgram(join(import.meta.dirname, 'floors/grant.ts'), {
    args: [join(hall.server.folder, 'floor.db'), String(requests)],
  })
  try {
    await fillHands(hall)
    const one = await measure({ hall, floor, clients: 1, rounds: alone })
    const eight = await measure({ hall, floor, clients: CLIENTS, rounds: together })
    const bare = 'bare Fastify + SQLite'
    const samples = eight.ours.times.length
    return [
      figure('server.c1.p50', 'ms', median(one.ours.times), one.ours.times.length, {
        name: bare,
        value: median(one.theirs.times),
      }),
      figure('server.c8.rate', '/s', rate(eight.ours), samples, { name: bare, value: rate(eight.theirs) }),
    ]
  } finally {
    await floor.stop()
    await hall.close()
  }
}

/**
 * Hands full of people without priority. Whoever comes with priority then stays with the dealer and beats every hand, so each
 * request is granted something. Nobody asks a desk back that never said it is healthy: here the requests of forty desks come
 * before the calls that would follow each.
 */
async function fillHands({ counters, arrive }: Hall): Promise<void> {
  for (const desk of counters) {
    await desk.open({ isHealthy: false })
    await desk.openLink()
  }
  await arrive(counters.length * HAND_SIZE)
}

type Course = {
  hall: Hall
  floor: Program
  clients: number
  rounds: number
}
type Side = { times: number[]; busyMs: number }

async function measure({ hall, floor, clients, rounds }: Course): Promise<{ ours: Side; theirs: Side }> {
  const desks = hall.counters
  const bareLines = Array.from({ length: clients }, () => new Wire(`http://127.0.0.1:${floor.ready.port}`))
  const ours: Side = { times: [], busyMs: 0 }
  const theirs: Side = { times: [], busyMs: 0 }
  for (let round = 0; round < rounds + WARM_UP; round += 1) {
    await hall.arrive(desks.length, 'elderly')
    const granted = new Map<Device, Grant>()
    const ask = async (desk: Device) => {
      const [grant] = await desk.improve()
      if (!grant) throw new Error('a request was granted nothing')
      granted.set(desk, grant)
    }
    const bare = async (desk: Device, client: number) => {
      const deviceId = desk.enrolment.deviceId
      const line = bareLines[client]
      if (!line) throw new Error('a line for each client')
      const { grants } = await line.post<{ grants: unknown[] }>('/improve', null, { deviceId })
      if (grants.length === 0) throw new Error('the bare handler has nothing left')
    }
    const isWarm = round >= WARM_UP
    await turn(desks, clients, ask, isWarm ? ours : null)
    await turn(desks, clients, bare, isWarm ? theirs : null)
    await callAll(granted)
  }
  await Promise.all(bareLines.map((line) => line.close()))
  return { ours, theirs }
}

/** Every desk asks once; each client sends its next request when its last one is answered. */
async function turn(
  desks: readonly Device[],
  clients: number,
  ask: (desk: Device, client: number) => Promise<void>,
  side: Side | null,
): Promise<void> {
  const left = [...desks]
  const begin = performance.now()
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let desk = left.shift(); desk; desk = left.shift()) {
        const start = performance.now()
        await ask(desk, client)
        side?.times.push(performance.now() - start)
      }
    }),
  )
  if (side) side.busyMs += performance.now() - begin
}

/** What was granted is called and ended: the hands are as full as before, and the next round is granted something again. */
async function callAll(granted: ReadonlyMap<Device, Grant>): Promise<void> {
  for (const [desk, grant] of granted) {
    const { visitId, entryNo } = grant
    desk.call(grant)
    desk.record({ type: 'entry.no_show', data: { visitId, entryNo, calls: 1 } })
  }
  await Promise.all([...granted.keys()].map((desk) => desk.push()))
}

const rate = ({ times, busyMs }: Side): number => (times.length * 1000) / busyMs

/**
 * recall: a click on Panggil Berikutnya whose best entry is in another counter's hand, so the server asks that counter first.
 * Real hosts and a real server, each a process of its own, over a network with half a millisecond each way; then with the other
 * counter silent, and with the server silent.
 */
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { HEARTBEAT_MS } from '#contract/wire/agreed.ts'
import { LAN_MS, measureLan, startLan } from '#tests/bench/lan.ts'
import { type Hall, openHall } from '#tests/bench/product/hall.ts'
import { type DeskHost, openDesk, startDeskHost } from '#tests/bench/product/host.ts'
import { startRelay } from '#tests/bench/relay.ts'
import { type Figure, figure, quantile } from '#tests/bench/result.ts'
import { until } from '#tests/bench/until.ts'

const HAND = 3
/** As long as the server waits for a holder. */
const RECALL_MS = 180
const WARM_UP = 10
/** Entries that nobody holds; more come when fewer are left. */
const HALL = 12
type Called = { visitId: string; entryNo: number; label: string }

export async function recall({ calls = 300, silences = 100 } = {}): Promise<Figure[]> {
  const lan = await measureLan()
  const hall = await openHall({ 'c-1': ['umum'], 'c-2': ['umum'] })
  const network = await startLan(hall.server.port)
  const relay = await startRelay(hall.server.folder)
  const desks: DeskHost[] = []
  try {
    for (const counterId of ['c-1', 'c-2']) {
      const desk = await startDeskHost(join(hall.server.folder, counterId))
      desks.push(desk)
      await openDesk(desk, network.url, await hall.codeFor(counterId))
      await desk.follow()
    }
    const [asking, holding] = desks
    if (!asking || !holding) throw new Error('two desks are needed')
    // A counter is asked back only when its heartbeat has told of the present session.
    await delay(HEARTBEAT_MS + 1_000)
    const scene = createScene(hall, asking, holding)
    const passes: number[] = []
    // In turns, each when the desks have settled.
    const callAndPass = async (click: Click) => {
      passes.push(await relay.pass())
      await scene.settled()
      return click()
    }
    const times = await scene.measure(calls + WARM_UP, callAndPass, { isSilent: false })
    const bare = (share: number) => ({ name: 'a bare relay', value: quantile(passes.slice(WARM_UP), share) })
    const holderSilent = await scene.measure(silences, (click) => whileStopped(holding.pid, click), {
      isSilent: true,
    })
    const serverSilent = await scene.measure(silences, (click) => whileStopped(hall.server.pid, click), {
      isSilent: true,
    })
    return [
      figure('recall.lan.rtt', 'ms', lan.p50, lan.runs, { name: 'the wanted round trip', value: 2 * LAN_MS }),
      figure('recall.p50', 'ms', quantile(times.slice(WARM_UP), 0.5), calls, bare(0.5)),
      figure('recall.p99', 'ms', quantile(times.slice(WARM_UP), 0.99), calls, bare(0.99)),
      figure('recall.holder-silent.p99', 'ms', quantile(holderSilent, 0.99), silences),
      figure('recall.server-silent.p99', 'ms', quantile(serverSilent, 0.99), silences),
    ]
  } finally {
    for (const desk of desks) await desk.stop()
    await network.program.stop()
    await relay.stop()
    await hall.close()
  }
}

type Click = () => Promise<number>

function createScene(hall: Hall, asking: DeskHost, holding: DeskHost) {
  let left = 0
  const called = new Set<string>()
  const best = (desk: DeskHost): string => handOf(desk)[0] ?? '~'

  /** Both hands full, both desks online and nothing unsent. */
  async function settled(): Promise<void> {
    if (left < HALL) {
      left += 4 * HALL
      await hall.arrive(4 * HALL)
    }
    await until('full hands and nothing unsent', () =>
      [asking, holding].every((desk) => {
        const { connection } = desk.desk()
        const hand = handOf(desk)
        // A picture from before the last call still shows who was called meanwhile.
        const isNew = !hand.some((label) => called.has(label))
        return isNew && hand.length >= HAND && connection.state === 'online' && connection.unsent === 0
      }),
    )
  }

  async function end({ visitId, entryNo, label }: Called): Promise<void> {
    left -= 1
    called.add(label)
    await asking.act('queue.noShow', { visitId, entryNo })
  }

  return {
    settled,
    /** `count` calls for which the holding desk has the best entry; others are made too, and not counted. */
    async measure(
      count: number,
      under: (click: Click) => Promise<number>,
      { isSilent }: { isSilent: boolean },
    ): Promise<number[]> {
      const times: number[] = []
      while (times.length < count) {
        await settled()
        const wanted = best(holding)
        const isElsewhere = wanted < best(asking)
        let answered: Called | null = null
        const click: Click = async () => {
          const start = performance.now()
          answered = await asking.act<Called>('queue.callNext')
          return performance.now() - start
        }
        const took = await (isElsewhere ? under(click) : click())
        const answer = answered as Called | null
        if (!answer) throw new Error('nothing was called')
        if (isElsewhere) {
          // A holder that the machine kept from answering in time counts with the time that was lost on it.
          if (!isSilent && answer.label !== wanted && took < RECALL_MS) {
            throw new Error(`${answer.label} was called after ${took} ms, although the other counter had ${wanted}`)
          }
          times.push(took)
        }
        await end(answer)
      }
      return times
    },
  }
}

/** Labels in a desk's own hand, the longest waiting first. */
function handOf(desk: DeskHost): string[] {
  return desk
    .desk()
    .waiting.filter(({ mine }) => mine)
    .map(({ label }) => label)
    .sort()
}

async function whileStopped(pid: number, click: Click): Promise<number> {
  process.kill(pid, 'SIGSTOP')
  try {
    return await click()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

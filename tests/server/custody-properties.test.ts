/**
 * Counters that open, close, ask for better and call as they like: nobody is called twice and nobody is forgotten, and whatever
 * part of the queue a push looked at, dealing all of it again deals nothing more.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import { chooseNext, FRESH_HISTORY } from '#domain/rank.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWaiting } from '#server/queue/deal-waiting.ts'
import { contextOfMall } from '#tests/server/support/mall-context.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const COUNTERS = ['dukcapil-1', 'dukcapil-2', 'polres-1'] as const
const SERVICES = ['ktp', 'kk', 'hilang'] as const
const PREFIX = { ktp: 'D', kk: 'K', hilang: 'P' }

type Step =
  | { do: 'issue'; service: (typeof SERVICES)[number]; priority: boolean }
  | { do: 'open' | 'close' | 'callNext'; counter: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('issue' as const),
      service: fc.constantFrom(...SERVICES),
      priority: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('open' as const, 'close' as const, 'callNext' as const, 'callNext' as const),
      counter: fc.nat(2),
    }),
  },
)

/** A workstation as far as its hand goes: grants come in, its own acts take them out. */
class Desk {
  open = false
  readonly #device: TestDevice
  readonly #gone = new Set<number>()

  constructor(device: TestDevice) {
    this.#device = device
  }

  async hand(): Promise<Grant[]> {
    return (await this.#device.grants()).filter((grant) => !this.#gone.has(grant.grant.n))
  }

  async start(): Promise<void> {
    await this.#device.open()
    this.open = true
  }

  async stop(): Promise<void> {
    for (const { visitId, entryNo, grant } of await this.hand()) {
      this.#device.record({ type: 'entry.released', data: { visitId, entryNo, grant } })
      this.#gone.add(grant.n)
    }
    const { counterId, epoch } = this.#device
    this.#device.record({ type: 'counter.closed', data: { counterId: counterId ?? '', epoch: epoch ?? 1 } })
    expect((await this.#device.push()).findings).toEqual([])
    this.open = false
  }

  async callNext(): Promise<Grant | null> {
    await this.#device.improve()
    const hand = (await this.hand()).map((grant) => ({ ...grant, isPriority: grant.priority !== null }))
    const next = chooseNext(hand, FRESH_HISTORY, { regularPerPriority: 2, ageingMs: 1_800_000 })
    if (!next) return null
    const { isPriority: _isPriority, ...grant } = next
    this.#gone.add(grant.grant.n)
    this.#device.recordCall(grant)
    this.#device.recordServing(grant)
    this.#device.recordDone(grant)
    expect((await this.#device.push()).findings).toEqual([])
    return grant
  }
}

async function play(steps: readonly Step[]): Promise<void> {
  const mall = await TestMall.start()
  const frontDesk = await mall.frontDesk()
  const desks = await Promise.all(COUNTERS.map(async (id) => new Desk(await mall.counter(id))))
  const called: string[] = []
  let issued = 0

  const checkHands = async () => {
    const held = (await Promise.all(desks.map((desk) => desk.hand()))).flat().map((grant) => grant.label)
    expect(new Set([...held, ...called]).size).toBe(held.length + called.length)
  }
  const context = await contextOfMall(mall)
  const checkDealt = async () => {
    const grants = async () => (await mall.entries()).map(({ grant_n }) => grant_n)
    const before = await grants()
    await changeMall(context, (trx, touched) => dealWaiting(trx, context, touched))
    expect(await grants()).toEqual(before)
  }
  const callNext = async (desk: Desk) => {
    const grant = await desk.callNext()
    if (grant) called.push(grant.label)
    return grant !== null
  }

  for (const step of steps) {
    if (step.do === 'issue') {
      issued += 1
      mall.now += 1_000
      const label = `${PREFIX[step.service]}-${String(issued).padStart(3, '0')}`
      await frontDesk.issue(label, step.service, step.priority ? { priority: 'elderly' } : {})
    } else {
      const desk = desks[step.counter]
      if (step.do === 'open') await desk?.start()
      else if (step.do === 'close' && desk?.open) await desk.stop()
      else if (step.do === 'callNext' && desk?.open) await callNext(desk)
    }
    await checkHands()
    await checkDealt()
  }

  for (const desk of desks) if (!desk.open) await desk.start()
  for (let busy = true; busy; ) busy = (await Promise.all(desks.map(callNext))).includes(true)
  expect(called).toHaveLength(issued)
  await mall.close()
}

test('custody never overlaps, and once all counters are open everybody is called', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), play), { numRuns: 6 })
})

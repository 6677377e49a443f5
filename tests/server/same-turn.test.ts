/** Dealer and desk look back at the same calls: whose turn it is between the classes, both say alike. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fact } from '#domain/events.ts'
import { explainNext, type RankHistory } from '#domain/rank.ts'
import { slipText } from '#domain/slip.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import { calledHistory } from '#server/queue/hands.ts'
import { contextOfMall } from '#tests/server/support/mall-context.ts'
import { MORNING, TestMall, TODAY } from '#tests/server/support/test-mall.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { addSlipKey, openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

const OPENINGS = [
  'called',
  'called in turn of two',
  'out of turn',
  'moved to the front',
  'slip shown',
  'walk-in',
] as const
type Opening = (typeof OPENINGS)[number]

const opening = fc.record({ how: fc.constantFrom(...OPENINGS), isPriority: fc.boolean() })

test('after any mixture of calls, calls out of turn, shown slips and walk-ins', async () => {
  const mall = await TestMall.start()
  const context = await contextOfMall(mall)
  const { policy } = context.mall
  const desk = openTestDesk({ at: MORNING })
  addSlipKey(desk, 'k', TODAY)
  const device = await mall.counter('dukcapil-1')
  await device.open()
  const turnBy = (history: RankHistory) => {
    const waiting = { order: 1, waitingSince: MORNING }
    return explainNext(
      [
        { ...waiting, isPriority: true },
        { ...waiting, isPriority: false },
      ],
      history,
      policy,
    )?.turn
  }
  const seen = new Set<string>()
  for (const [n, { how, isPriority }] of fc.sample(opening, { numRuns: 60, seed: 7 }).entries()) {
    await open(desk, n, how, isPriority ? 'elderly' : null)
    const current = desk.repositories.entries.current()
    if (!current) throw new Error(`nobody came: ${how}`)
    const ref = { visitId: current.visitId, entryNo: current.entryNo }
    if (current.status === 'called') await desk.call('queue.startServing', ref)
    await desk.call('queue.complete', { ...ref, outcome: 'delivered', paymentReference: null })
    for (const fact of desk.facts()) device.record(atTestMall(fact))
    await device.push()
    desk.clock.pass(1_000)
    mall.now += 1_000

    const here = desk.repositories.desk.get().history
    const dealt = await mall.db.transaction().execute((trx) => calledHistory(trx, context, 'dukcapil-1'))
    expect([n, how, turnBy(dealt)]).toEqual([n, how, turnBy(here)])
    seen.add(`${turnBy(here)} after ${how}`)
  }
  // Both turns were seen after each kind of opening that leaves the history where it was.
  for (const how of OPENINGS.slice(2)) {
    expect(seen).toContain(`priority_turn after ${how}`)
    expect(seen).toContain(`regular_turn after ${how}`)
  }
})

async function open(desk: TestDesk, n: number, how: Opening, priority: 'elderly' | null): Promise<void> {
  const over = { priority, isPriority: priority !== null }
  switch (how) {
    case 'called':
      desk.grant(n, over)
      return void (await desk.call('queue.callNext'))
    case 'called in turn of two': {
      // The other one goes back where it came from: whom the rule chose is what counts.
      const pair = [desk.grant(n, over), desk.grant(n + 1_000, { priority: null })]
      await desk.call('queue.callNext')
      const called = desk.repositories.entries.current()
      for (const ref of pair) if (ref.visitId !== called?.visitId) desk.repositories.hand.setState(ref, 'released')
      return
    }
    case 'out of turn':
      return void (await desk.call('queue.callTicket', { ...desk.grant(n, over), reason: 'other' }))
    case 'moved to the front':
      desk.grant(n, { ...over, rank: { since: MORNING, by: 'front' } })
      return void (await desk.call('queue.callNext'))
    case 'slip shown': {
      const label = `SK-${100 + n}`
      const visitId = visitIdOf(sha256, desk.context.config()?.mall.id ?? '', TODAY, label)
      const slip = { visitId, entryNo: 1, label, serviceId: 'skck', businessDate: TODAY, issuedAt: MORNING, priority }
      const scanned = slipText(slip, 'k', desk.context.slipKeys.keyedHash)
      return void (await desk.call('queue.present', { slip: { scanned } }))
    }
    case 'walk-in':
      return void (await desk.call('queue.quickServe', { serviceId: 'skck', priority }))
  }
}

/** The test desk is one of the sample mall: its service by the name of one that this mall's counter has. */
function atTestMall(fact: Fact): Fact {
  return JSON.parse(JSON.stringify(fact).replaceAll('"skck"', '"ktp"')) as Fact
}

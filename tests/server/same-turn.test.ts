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
/** Of those that end with an undo the visitor is in the queue again. */
const TAKEN_BACK = [
  ...(['called back', 'called back and undone', 'call undone', 'slip shown and undone'] as const),
  ...(['returned, called again and undone', 'slip returned, called and undone'] as const),
]
const ALL = [...OPENINGS, ...TAKEN_BACK] as const
type Opening = (typeof ALL)[number]

const opening = fc.record({ how: fc.constantFrom(...ALL), isPriority: fc.boolean() })

test('after any mixture of calls, calls out of turn, shown slips, walk-ins and what is taken back', async () => {
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
  for (const [n, { how, isPriority }] of fc.sample(opening, { numRuns: 120, seed: 7 }).entries()) {
    await open(desk, n, how, isPriority ? 'elderly' : null)
    if (how.endsWith('undone')) expect([how, desk.repositories.entries.current()]).toEqual([how, null])
    else await serve(desk)
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
  for (const how of TAKEN_BACK) expect([...seen].some((turn) => turn.endsWith(` after ${how}`))).toBe(true)
})

async function serve(desk: TestDesk): Promise<void> {
  const ref = currentOf(desk)
  if (desk.repositories.entries.current()?.status === 'called') await desk.call('queue.startServing', ref)
  await desk.call('queue.complete', { ...ref, outcome: 'delivered', paymentReference: null })
}

function currentOf(desk: TestDesk): { visitId: string; entryNo: number } {
  const current = desk.repositories.entries.current()
  if (!current) throw new Error('nobody came')
  return { visitId: current.visitId, entryNo: current.entryNo }
}

/** One of each class waits, and the rule chooses: only then it is the turn of whoever is called. */
async function callOneOfTwo(desk: TestDesk, n: number): Promise<void> {
  desk.grant(n, { priority: 'elderly' })
  desk.grant(n + 1_000, { priority: null })
  await desk.call('queue.callNext')
}

/** Whoever has priority is next at last, as dealer and desk see it. */
async function callRegulars(desk: TestDesk, n: number): Promise<void> {
  for (const at of [n + 2_000, n + 3_000]) {
    desk.grant(at, { priority: null })
    await desk.call('queue.callNext')
    await serve(desk)
  }
}

async function callBack(desk: TestDesk): Promise<void> {
  const ref = currentOf(desk)
  await desk.call('queue.noShow', ref)
  await desk.call('queue.callBack', ref)
}

/** Back in its place after it was served for a while, called once more, and that was a mistake. */
async function callAgainAndUndo(desk: TestDesk): Promise<void> {
  await desk.call('queue.returnToQueue', currentOf(desk))
  await desk.call('queue.callNext')
  await undo(desk)
}

async function undo(desk: TestDesk): Promise<void> {
  const { visitId } = currentOf(desk)
  expect(await desk.call('queue.undo')).toMatchObject({ ok: true })
  expect(desk.repositories.hand.held(TODAY)).toContainEqual(expect.objectContaining({ visitId }))
  emptyHand(desk)
}

/** Nobody waits here any more: they went back where they came from. */
function emptyHand(desk: TestDesk): void {
  for (const ref of desk.repositories.hand.held(TODAY)) desk.repositories.hand.setState(ref, 'released')
}

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
    case 'slip shown':
      return showSlip(desk, n, priority)
    case 'walk-in':
      return void (await desk.call('queue.quickServe', { serviceId: 'skck', priority }))
    case 'called back':
    case 'called back and undone':
      await callOneOfTwo(desk, n)
      await callBack(desk)
      return how === 'called back' ? emptyHand(desk) : undo(desk)
    case 'slip shown and undone':
      await showSlip(desk, n, priority)
      return undo(desk)
    case 'call undone':
      await callOneOfTwo(desk, n)
      return undo(desk)
    case 'returned, called again and undone':
      await callRegulars(desk, n)
      desk.grant(n, { priority: 'elderly' })
      await desk.call('queue.callNext')
      await desk.call('queue.startServing', currentOf(desk))
      return callAgainAndUndo(desk)
    case 'slip returned, called and undone':
      await callRegulars(desk, n)
      await showSlip(desk, n, 'elderly')
      return callAgainAndUndo(desk)
  }
}

async function showSlip(desk: TestDesk, n: number, priority: 'elderly' | null): Promise<void> {
  const label = `SK-${500 + n}`
  const visitId = visitIdOf(sha256, desk.context.config()?.mall.id ?? '', TODAY, label)
  const slip = { visitId, entryNo: 1, label, serviceId: 'skck', businessDate: TODAY, issuedAt: MORNING, priority }
  const scanned = slipText(slip, 'k', desk.context.slipKeys.keyedHash)
  await desk.call('queue.present', { slip: { scanned } })
}

/** The test desk is one of the sample mall: its service by the name of one that this mall's counter has. */
function atTestMall(fact: Fact): Fact {
  return JSON.parse(JSON.stringify(fact).replaceAll('"skck"', '"ktp"')) as Fact
}

/** Desks that were cut off acted on the same entries: in whatever order and pieces their facts arrive, the mall is the same. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import { verifyMall } from '#server/verify/verify-mall.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

const ACTS = [
  'call',
  'present',
  'serve',
  'done',
  'forward',
  'transfer',
  'undo',
  'absent',
  'return',
  'hold',
  'resume',
  'supersede',
] as const
type Act = { desk: number; entry: number; act: (typeof ACTS)[number] }

const acts = fc.array(
  fc.record<Act>({ desk: fc.nat(2), entry: fc.nat(1), act: fc.constantFrom('present', 'serve', ...ACTS) }),
  { minLength: 3, maxLength: 24 },
)

function record(device: TestDevice, grant: Grant, act: Act['act']): void {
  const { visitId, entryNo } = grant
  const ref = { visitId, entryNo }
  const away = { ...ref, toEntryNo: entryNo + 1, served: null }
  if (act === 'call') device.recordCall(grant)
  if (act === 'present') device.recordPresented(grant)
  if (act === 'serve') device.recordServing(ref)
  if (act === 'done') device.recordDone(ref)
  if (act === 'forward') device.recordForward(ref, 'hilang')
  if (act === 'transfer') {
    device.record({ type: 'entry.transferred', data: { ...away, toServiceId: 'kk', toCounterId: 'dukcapil-1' } })
  }
  if (act === 'undo') device.record({ type: 'entry.give_away_undone', data: { ...ref, toEntryNo: entryNo + 1 } })
  if (act === 'absent') device.record({ type: 'entry.no_show', data: { ...ref, calls: 1 } })
  if (act === 'return') device.record({ type: 'entry.returned', data: ref })
  if (act === 'hold') device.record({ type: 'entry.held', data: { ...ref, reason: 'other' } })
  if (act === 'resume') device.record({ type: 'entry.resumed', data: ref })
  if (act === 'supersede') device.record({ type: 'entry.superseded', data: { ...ref, byCounterId: null } })
}

/** What the mall shows when the three desks push in this order, one event at a time where `pieces` says so. */
async function viewAfter(mall: TestMall, date: number, plan: readonly Act[], order: readonly number[]) {
  // Each run is a day of its own in the same mall: nothing is dealt on other dates.
  const businessDate = new Date(Date.UTC(2027, 0, date)).toISOString().slice(0, 10)
  const desk = await mall.frontDesk()
  const desks = await Promise.all(['dukcapil-1', 'dukcapil-2', 'dukcapil-3'].map((id) => mall.counter(id)))
  // The last word between equals is the device's id: the same desk has to have the highest one in every run.
  const ranked = desks.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const grants: Grant[] = []
  for (const [index, label] of ['D-001', 'D-002'].entries()) {
    const visitId = await desk.issue(label, 'ktp', { date: businessDate })
    grants.push({
      ...{ visitId, entryNo: 1, grant: { incarnation: 1, n: index + 1 }, label, businessDate, serviceId: 'ktp' },
      ...{ priority: null, journeyId: null, issuedAt: mall.now, waitingSince: mall.now, order: index + 1 },
    })
  }
  for (const { desk: index, entry, act } of plan) {
    const [device, grant] = [ranked[index], grants[entry]]
    if (device && grant) record(device, grant, act)
  }
  const acked = ranked.map(() => 0)
  const push = async (index: number, count: number) => {
    const device = ranked[index]
    const from = acked[index] ?? 0
    if (!device || from >= device.chain.length) return
    const piece = device.piece(from + 1, Math.min(from + count, device.chain.length))
    const { body } = await device.call('/v1/events', piece)
    acked[index] = Number(body.ackedSeq)
  }
  for (const step of order) await push(step % 3, 1 + (step % 4))
  for (const index of [0, 1, 2]) await push(index, 500)
  const names = new Map(ranked.map((device, index) => [device.id, index]))
  const entries = await mall.db
    .selectFrom('entry')
    .selectAll()
    .where('business_date', '=', businessDate)
    .orderBy('label')
    .orderBy('entry_no')
    .execute()
  return entries.map((entry) => ({
    place: [entry.label, entry.entry_no, entry.service_id, entry.for_counter_id],
    status: entry.status,
    winner: names.get(entry.winner_device_id ?? ''),
    holder: names.get(entry.device_id ?? ''),
    grant: [entry.grant_incarnation, entry.grant_n],
    openedBy: names.get(entry.opened_by ?? ''),
    outcome: entry.outcome,
    times: [entry.called_at, entry.serving_at, entry.ended_at, entry.waiting_since],
  }))
}

test('the order in which conflicting claims arrive does not matter: same winner, same entries', async () => {
  const mall = await TestMall.start()
  let date = 0
  const view = (plan: readonly Act[], order: readonly number[]) => {
    date += 1
    return viewAfter(mall, date, plan, order)
  }
  const order = fc.array(fc.nat(11), { maxLength: 20 })
  await fc.assert(
    fc.asyncProperty(acts, order, order, async (plan, first, second) => {
      expect(await view(plan, first)).toEqual(await view(plan, second))
    }),
    { numRuns: 40 },
  )
  expect((await verifyMall(mall.db, 'mal-uji', null)).faults).toEqual([])
}, 60_000)

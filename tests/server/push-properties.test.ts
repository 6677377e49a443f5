/** However a chain is cut into pieces and however often a piece is sent again: the mall ends in the same state. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

type Act = { on: number; kind: 'call' | 'serve' | 'done' | 'forward' | 'absent' | 'nonsense' }
type Send = { from: number; to: number }

const acts = fc.array(
  fc.record<Act>({
    on: fc.nat(3),
    kind: fc.constantFrom('call', 'serve', 'done', 'forward', 'absent', 'nonsense'),
  }),
  { minLength: 1, maxLength: 15 },
)
/** Pairs of places in the chain, taken modulo what is possible then. */
const sends = fc.array(fc.record<Send>({ from: fc.nat(30), to: fc.nat(30) }), { maxLength: 12 })

function record(device: TestDevice, grants: readonly Grant[], { on, kind }: Act): void {
  const grant = grants[on]
  if (!grant || kind === 'nonsense') {
    device.recordText('bukan peristiwa')
    return
  }
  const { visitId, entryNo } = grant
  if (kind === 'call') device.recordCall(grant)
  if (kind === 'serve') device.recordServing(grant)
  if (kind === 'done') device.recordDone(grant)
  if (kind === 'forward') device.recordForward(grant, 'kk')
  if (kind === 'absent') device.record({ type: 'entry.no_show', data: { visitId, entryNo, calls: 1 } })
}

/** Pushes the whole chain in the given pieces; each piece starts at or before the first event not yet acknowledged. */
async function pushInPieces(device: TestDevice, pieces: readonly Send[]): Promise<void> {
  let acked = 0
  const push = async (from: number, to: number) => {
    const { status, body } = await device.call('/v1/events', device.piece(from, to))
    expect(status).toBe(200)
    expect(Number(body.ackedSeq)).toBe(Math.max(acked, to))
    acked = Math.max(acked, to)
  }
  const length = device.chain.length
  for (const { from, to } of pieces) {
    const first = 1 + (from % Math.min(acked + 1, length))
    await push(first, first + (to % (length - first + 1)))
  }
  if (acked < length) await push(acked + 1, length)
}

async function finalState(plan: readonly Act[], pieces: { desk: readonly Send[]; counter: readonly Send[] }) {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const counter = await mall.counter('polres-1')
  await counter.open()
  for (let n = 1; n <= 4; n += 1) desk.recordIssue(`P-00${n}`, 'hilang')
  await pushInPieces(desk, pieces.desk)
  const grants = await counter.grants()
  for (const act of plan) record(counter, grants, act)
  await pushInPieces(counter, pieces.counter)

  const names = new Map([desk, counter].map((device) => [device.id, device.counterId ?? 'desk']))
  const entries = await mall.db.selectFrom('entry').selectAll().orderBy('ord').execute()
  const events = await mall.db.selectFrom('event').select(['device_id', 'seq', 'type']).orderBy('seq').execute()
  const findings = await mall.db.selectFrom('finding').select(['device_id', 'seq', 'code']).execute()
  await mall.close()
  return {
    entries: entries.map(({ visit_id: _visit, device_id, winner_device_id, opened_by, ...entry }) => ({
      ...entry,
      device: names.get(device_id ?? ''),
      winner: names.get(winner_device_id ?? ''),
      openedBy: names.get(opened_by ?? ''),
    })),
    events: events.map(({ device_id, seq, type }) => `${names.get(device_id)} ${seq} ${type}`).toSorted(),
    findings: findings.map(({ device_id, seq, code }) => `${names.get(device_id)} ${seq} ${code}`).toSorted(),
  }
}

test('pushing in any pieces, with any repeats, gives the state of one push', async () => {
  await fc.assert(
    fc.asyncProperty(acts, sends, sends, async (plan, desk, counter) => {
      expect(await finalState(plan, { desk, counter })).toEqual(await finalState(plan, { desk: [], counter: [] }))
    }),
    { numRuns: 8 },
  )
})

/** A number out of turn, a transfer to a place in line and back again, and why a number is next, at one desk. */
import { describe, expect, it } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import { APPOINTMENT_WINDOW_MS } from '#domain/rank.ts'
import { slipText } from '#domain/slip.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import { buildDeskSnapshot } from '#main/host/snapshot.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { addSlipKey, findingsOf, NINE, openTestDesk, type TestDesk, TODAY } from '#tests/support/test-desk.ts'

const snapshotOf = (desk: TestDesk) => buildDeskSnapshot(desk.context, 1, null)
const historyOf = (desk: TestDesk) => desk.repositories.desk.get().history

async function end(desk: TestDesk, ref: object) {
  await desk.call('queue.startServing', ref)
  await desk.call('queue.complete', { ...ref, outcome: 'delivered', paymentReference: null })
}

describe('a number called out of turn', () => {
  it('is called at once from the own hand, with its reason, and without asking the server', async () => {
    const desk = openTestDesk()
    desk.grant(1)
    const second = desk.grant(2)
    desk.mall.isOnline = true
    expect(await desk.call('queue.callTicket', { ...second, reason: 'urgent' })).toMatchObject({
      data: { label: 'SK-002' },
    })
    expect(desk.mall.wants).toEqual([])
    expect(desk.facts()).toMatchObject([{ type: 'entry.called', data: { label: 'SK-002', outOfOrder: 'urgent' } }])
    expect(snapshotOf(desk).current).toMatchObject({ label: 'SK-002', why: { outOfOrder: 'urgent' } })
    expect(findingsOf(desk)).toEqual([])
  })

  it('leaves the ratio where it was, called and taken back', async () => {
    const desk = openTestDesk()
    desk.repositories.desk.set({ history: { regularsSincePriority: 1 } })
    desk.grant(1)
    const elderly = desk.grant(2, { priority: 'elderly', isPriority: true })
    await desk.call('queue.callTicket', { ...elderly, reason: 'other' })
    expect(historyOf(desk)).toEqual({ regularsSincePriority: 1 })
    await desk.call('queue.undo')
    expect(historyOf(desk)).toEqual({ regularsSincePriority: 1 })
    expect(await desk.call('queue.callNext')).toMatchObject({ data: { label: 'SK-001' } })
    expect(historyOf(desk)).toEqual({ regularsSincePriority: 2 })
    expect(findingsOf(desk)).toEqual([])
  })

  it('in another hand is called when the server gives it', async () => {
    const desk = openTestDesk()
    const other = desk.grant(7)
    const row = desk.repositories.hand.get(other)
    if (!row) throw new Error('nothing was granted')
    desk.repositories.hand.setState(other, 'released')
    desk.mall.isOnline = true
    const { isPriority: _isPriority, state: _state, ...known } = row
    const grant: Grant = { ...known, grant: { incarnation: 1, n: 700 } }
    desk.mall.wanted = { kind: 'granted', grant }
    expect(await desk.call('queue.callTicket', { ...other, reason: 'companion' })).toMatchObject({ ok: true })
    expect(desk.facts()).toMatchObject([{ data: { grant: { incarnation: 1, n: 700 }, outOfOrder: 'companion' } }])
  })

  it.each([
    ['cut off', false, null, { code: 'TICKET_NEEDS_SERVER' }],
    ['with a silent server', true, null, { code: 'TICKET_NEEDS_SERVER' }],
    ['from a silent holder', true, { kind: 'holder_silent', counterId: 'polres-2' }, { code: 'TICKET_NOT_ANSWERED' }],
    [
      'that another counter has called',
      true,
      { kind: 'in_service', counterId: 'imigrasi-1' },
      { code: 'TICKET_TAKEN' },
    ],
    ['for another counter', true, { kind: 'not_here', counterId: null }, { code: 'TICKET_NOT_HERE' }],
    ['that waits no more', true, { kind: 'gone' }, { code: 'TICKET_GONE' }],
  ] as const)('%s is refused, and nothing is written', async (_name, isOnline, wanted, refusal) => {
    const desk = openTestDesk()
    desk.grant(1)
    desk.mall.isOnline = isOnline
    desk.mall.wanted = wanted
    const ref = { visitId: '00000000-0000-4000-8000-000000000009', entryNo: 1 }
    expect(await desk.call('queue.callTicket', { ...ref, reason: 'other' })).toMatchObject(refusal)
    expect(desk.facts()).toEqual([])
  })

  it('is not asked for where the refusal is certain, nor twice for one command', async () => {
    const desk = openTestDesk()
    desk.grant(1)
    await desk.call('queue.callNext')
    desk.mall.isOnline = true
    const ref = { visitId: '00000000-0000-4000-8000-000000000009', entryNo: 1 }
    expect(await desk.call('queue.callTicket', { ...ref, reason: 'other' })).toMatchObject({
      code: 'ENTRY_IN_PROGRESS',
    })
    expect(desk.mall.wants).toEqual([])
  })

  it('asked for twice under one command has the first result', async () => {
    const desk = openTestDesk()
    const ref = desk.grant(1)
    const input = { ...ref, reason: 'visitor_asked', commandId: '00000000-0000-4000-8000-0000000000aa' }
    const first = await desk.call('queue.callTicket', input)
    desk.mall.isOnline = true
    expect(await desk.call('queue.callTicket', input)).toEqual(first)
    expect(desk.mall.wants).toEqual([])
  })
})

describe('why a number is next', () => {
  it('names the rule of the first row in the hand, and keeps it for the number that was called', async () => {
    const desk = openTestDesk()
    expect(snapshotOf(desk).whyNext).toBeNull()
    desk.grant(1)
    expect(snapshotOf(desk).whyNext).toMatchObject({ place: 'waiting_time', turn: null })
    desk.grant(2, { priority: 'pregnant', isPriority: true })
    const why = { place: 'waiting_time', turn: 'priority_turn', regularPerPriority: 2, ageingMinutes: 45 }
    expect(snapshotOf(desk).whyNext).toMatchObject(why)
    await desk.call('queue.callNext')
    expect(snapshotOf(desk).current).toMatchObject({ label: 'SK-002', why })
    expect(snapshotOf(desk).whyNext).toMatchObject({ turn: null })
  })

  it('says what the dealer ranked it by, and when the appointment is', () => {
    const desk = openTestDesk()
    const appointmentAt = NINE + APPOINTMENT_WINDOW_MS
    desk.grant(1, { appointmentAt, rank: { since: 0, by: 'appointment' } })
    expect(snapshotOf(desk).whyNext).toMatchObject({ place: 'appointment', appointmentAt })
    expect(snapshotOf(desk).waiting).toMatchObject([{ place: 'appointment', appointmentAt }])
    desk.grant(2, { rank: { since: NINE, by: 'returned' } })
    expect(snapshotOf(desk).waiting.map(({ label }) => label)).toEqual(['SK-002', 'SK-001'])
    expect(snapshotOf(desk).whyNext).toMatchObject({ place: 'returned', turn: null })
  })

  it('of a shown slip is the slip, also after serving began', async () => {
    const desk = openTestDesk()
    addSlipKey(desk)
    const mallId = desk.context.config()?.mall.id ?? ''
    const visitId = visitIdOf(sha256, mallId, TODAY, 'SK-001')
    const slip = { ...{ visitId, entryNo: 1, label: 'SK-001', serviceId: 'skck', businessDate: TODAY }, issuedAt: NINE }
    const scanned = slipText({ ...slip, priority: null }, `k-${TODAY}`, desk.context.slipKeys.keyedHash)
    expect(await desk.call('queue.present', { slip: { scanned } })).toMatchObject({ ok: true })
    expect(snapshotOf(desk).current?.why.place).toBe('slip_shown')
    await desk.call('queue.startServing', { visitId, entryNo: 1 })
    expect(snapshotOf(desk).current?.why.place).toBe('slip_shown')
    expect(findingsOf(desk)).toEqual([])
  })
})

describe('a transfer', () => {
  it('that came back by hand ends where it was promised to: no slip, and nobody is called again', async () => {
    const desk = openTestDesk()
    const returnsTo = { serviceId: 'skck', counterId: 'polres-1', journeyId: null }
    const ref = desk.grant(1, { entryNo: 3, returnsTo })
    await desk.call('queue.callNext')
    desk.printer.isThere = true
    expect(snapshotOf(desk).current?.returnsTo).toBeNull()
    await end(desk, ref)
    const last = desk.facts().at(-1)
    expect(last).toMatchObject({ type: 'entry.completed' })
    expect(last?.data).not.toHaveProperty('returnsTo')
    const jobs = desk.store.db.prepare<[], { document: string }>('SELECT document FROM print_job ORDER BY n').all()
    expect(jobs.map(({ document }) => JSON.parse(document))).toMatchObject([{ kind: 'receipt', next: null }])
    expect(findingsOf(desk)).toEqual([])
  })

  const elsewhere = { toServiceId: 'skck', toCounterId: 'polres-2' }

  it('with a way back is told to the next desk, completed there and sent back by one fact, with a slip when cut off', async () => {
    const desk = openTestDesk()
    const returnsTo = { serviceId: 'surat-kehilangan', counterId: 'polres-2', journeyId: 'ktp-hilang' }
    const ref = desk.grant(1, { entryNo: 2, returnsTo })
    await desk.call('queue.callNext')
    desk.printer.isThere = true
    expect(snapshotOf(desk).current?.returnsTo).toBe(
      desk.context.config()?.counters.find(({ id }) => id === 'polres-2')?.name ?? 'polres-2',
    )
    await end(desk, ref)
    expect(desk.facts().at(-1)).toMatchObject({ type: 'entry.completed', data: { returnsTo } })
    const jobs = desk.store.db.prepare<[], { document: string }>('SELECT document FROM print_job ORDER BY n').all()
    const papers = jobs.map(({ document }) => JSON.parse(document))
    expect(papers).toMatchObject([
      { kind: 'receipt', outcome: 'delivered' },
      { kind: 'slip', label: { text: 'SK-001' } },
    ])
    expect(papers[0].next).not.toBeNull()
    expect(findingsOf(desk)).toEqual([])
  })

  it('to a place with a way back is undone like any other', async () => {
    const desk = openTestDesk()
    const ref = desk.grant(1)
    await desk.call('queue.callNext')
    await desk.call('queue.startServing', ref)
    desk.facts()
    expect(await desk.call('queue.transfer', { ...ref, ...elsewhere, place: 'front', returns: true })).toMatchObject({
      ok: true,
    })
    expect(desk.facts()).toMatchObject([
      {
        type: 'entry.transferred',
        data: { place: 'front', returnsTo: { serviceId: 'skck', counterId: 'polres-1', journeyId: null } },
      },
    ])
    await desk.call('queue.undo')
    expect(snapshotOf(desk).current).toMatchObject({ label: 'SK-001', status: 'serving' })
    expect(findingsOf(desk)).toEqual([])
  })

  it('of a visitor who is to come back says so instead of promising twice', async () => {
    const desk = openTestDesk()
    const returnsTo = { serviceId: 'skck', counterId: 'polres-3', journeyId: null }
    const ref = desk.grant(1, { returnsTo })
    await desk.call('queue.callNext')
    expect(await desk.call('queue.transfer', { ...ref, ...elsewhere, returns: true })).toMatchObject({
      code: 'ALREADY_RETURNS',
    })
    expect(await desk.call('queue.transfer', { ...ref, ...elsewhere })).toMatchObject({ ok: true })
    expect(desk.facts().at(-1)).toMatchObject({ data: { returnsTo } })
  })
})

it('who is sent to the end of the queue loses the place that a rank gave', async () => {
  const desk = openTestDesk()
  const ref = desk.grant(1, { rank: { since: 0, by: 'front' }, businessDate: TODAY })
  desk.grant(2)
  await desk.call('queue.callNext')
  desk.clock.pass(60_000)
  await desk.call('queue.returnToQueue', { ...ref, to: 'end' })
  expect(snapshotOf(desk).waiting.map(({ label }) => label)).toEqual(['SK-002', 'SK-001'])
  expect(desk.repositories.hand.get(ref)?.rank).toBeUndefined()
  expect(findingsOf(desk)).toEqual([])
})

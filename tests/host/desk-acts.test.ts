/** Every act of the desk API on a desk that is cut off: which facts it writes, and what becomes of the hand. */
import { describe, expect, it } from 'vitest'
import { WITHHOLD_MS } from '#main/host/withhold.ts'
import { findingsOf, NINE, openTestDesk, type TestDesk } from '#tests/support/test-desk.ts'

const types = (desk: TestDesk) => desk.facts().map(({ type }) => type)
const handOf = (desk: TestDesk, ref: { visitId: string; entryNo: number }) => desk.repositories.hand.get(ref)?.state

async function calledDesk() {
  const desk = openTestDesk()
  const ref = desk.grant(1)
  await desk.call('queue.callNext')
  desk.facts()
  return { ...desk, ref }
}

describe('the entry at the desk', () => {
  it('returns to the own hand with its place and its custody', async () => {
    const desk = await calledDesk()
    desk.grant(2)
    await desk.call('queue.returnToQueue', desk.ref)
    expect(types(desk)).toEqual(['entry.returned'])
    expect(handOf(desk, desk.ref)).toBe('held')
    expect(await desk.call('queue.callNext')).toMatchObject({ data: { label: 'SK-001' } })
    expect(findingsOf(desk)).toEqual([])
  })

  it('is put on hold, the next one is served meanwhile, and then it is resumed with its own time', async () => {
    const desk = await calledDesk()
    const next = desk.grant(2)
    await desk.call('queue.startServing', desk.ref)
    desk.clock.pass(60_000)
    await desk.call('queue.hold', { ...desk.ref, reason: 'payment' })
    await desk.call('queue.callNext')
    expect(await desk.call('queue.resume', desk.ref)).toMatchObject({ code: 'ENTRY_IN_PROGRESS' })
    await desk.call('queue.noShow', next)
    await desk.call('queue.resume', desk.ref)
    desk.clock.pass(30_000)
    desk.facts()
    await desk.call('queue.complete', { ...desk.ref, outcome: 'delivered', paymentReference: null })
    expect(desk.facts()).toMatchObject([{ data: { served: { ms: 90_000, estimated: false } } }])
    expect(findingsOf(desk)).toEqual([])
  })

  it('of a service with a tariff is completed with the reference of the payment to the bank', async () => {
    const desk = await calledDesk()
    desk.printer.isThere = true
    await desk.call('queue.startServing', desk.ref)
    desk.facts()
    const done = { ...desk.ref, outcome: 'delivered' }
    for (const paymentReference of ['12345', 'x'.repeat(31), 'tunai 30.000', 'Rp30.000!', undefined]) {
      expect(await desk.call('queue.complete', { ...done, paymentReference })).toMatchObject({ code: 'BAD_INPUT' })
    }
    await desk.call('queue.complete', { ...done, paymentReference: ' 0a1b-2026/11.7 ' })
    expect(desk.facts()).toMatchObject([{ type: 'entry.completed', data: { paymentReference: '0A1B-2026/11.7' } }])
    expect(desk.repositories.entries.get(desk.ref)).toMatchObject({ paymentReference: '0A1B-2026/11.7' })
    expect(JSON.parse(desk.repositories.printJobs.next()?.document ?? '')).toMatchObject({
      kind: 'receipt',
      paymentReference: '0A1B-2026/11.7',
      surveyUrl: null,
    })
    expect(findingsOf(desk)).toEqual([])
  })

  it('of a free service takes no payment, and is completed without one', async () => {
    const desk = openTestDesk()
    const ref = desk.grant(1, { serviceId: 'surat-kehilangan' })
    await desk.call('queue.callNext')
    await desk.call('queue.startServing', ref)
    desk.facts()
    const done = { ...ref, outcome: 'delivered' }
    expect(await desk.call('queue.complete', { ...done, paymentReference: '0A1B2C' })).toMatchObject({
      code: 'SERVICE_IS_FREE',
    })
    expect(await desk.call('queue.complete', { ...done, paymentReference: null })).toMatchObject({ ok: true })
    expect(desk.facts().map(({ data }) => Object.keys(data))).toEqual([['entryNo', 'outcome', 'served', 'visitId']])
  })

  it('that was completed with a payment stays so when its answer was lost and the service became free meanwhile', async () => {
    const desk = await calledDesk()
    await desk.call('queue.startServing', desk.ref)
    const done = { ...desk.ref, outcome: 'delivered', paymentReference: '0A1B2C', commandId: crypto.randomUUID() }
    expect(await desk.call('queue.complete', done)).toMatchObject({ ok: true })
    desk.facts()
    const config = desk.context.config()
    if (!config) throw new Error('the desk has no configuration')
    const services = config.services.map((service) => ({ ...service, tariffRupiah: 0 }))
    desk.context.setConfig({ ...config, services })
    expect(await desk.call('queue.complete', done)).toMatchObject({ ok: true })
    expect(desk.facts()).toEqual([])
  })

  it('who was absent is called back, and who left is cancelled while another one is being served', async () => {
    const desk = await calledDesk()
    const next = desk.grant(2)
    await desk.call('queue.noShow', desk.ref)
    await desk.call('queue.callBack', desk.ref)
    await desk.call('queue.hold', { ...desk.ref, reason: 'other' })
    await desk.call('queue.callNext')
    await desk.call('queue.startServing', next)
    desk.facts()
    await desk.call('queue.cancel', { ...desk.ref, reason: 'visitor_left' })
    desk.clock.pass(5_000)
    await desk.call('queue.complete', { ...next, outcome: 'delivered', paymentReference: null })
    expect(desk.facts()).toMatchObject([{ type: 'entry.cancelled' }, { data: { served: { ms: 5_000 } } }])
    expect(findingsOf(desk)).toEqual([])
  })

  it('is transferred to a counter by name, but not to one that does not offer the service', async () => {
    const desk = await calledDesk()
    const to = { ...desk.ref, toServiceId: 'ktp-el-baru', toCounterId: 'disdukcapil-2' }
    expect(await desk.call('queue.transfer', { ...to, toCounterId: 'polres-2' })).toMatchObject({
      code: 'COUNTER_UNKNOWN',
    })
    expect(await desk.call('queue.transfer', { ...to, toServiceId: 'x' })).toMatchObject({ code: 'SERVICE_UNKNOWN' })
    await desk.call('queue.transfer', to)
    expect(desk.facts()).toMatchObject([
      { type: 'entry.transferred', data: { toCounterId: 'disdukcapil-2', toEntryNo: 2 } },
    ])
  })
})

describe('undo', () => {
  it('takes a call back, and whoever was first is first again', async () => {
    const desk = openTestDesk()
    const elderly = desk.grant(9, { priority: 'elderly' })
    desk.grant(1)
    desk.grant(2)
    await desk.call('queue.callNext')
    await desk.call('queue.undo')
    expect(types(desk)).toEqual(['entry.called', 'entry.call_undone'])
    expect(handOf(desk, elderly)).toBe('held')
    expect(await desk.call('queue.callNext')).toMatchObject({ data: elderly })
    await desk.call('queue.startServing', elderly)
    expect(await desk.call('queue.undo')).toMatchObject({ code: 'NOTHING_TO_UNDO' })
  })

  it('takes a forward back while it is withheld, with the time that was served', async () => {
    const desk = await calledDesk()
    await desk.call('queue.startServing', desk.ref)
    desk.clock.pass(20_000)
    await desk.call('queue.forward', { ...desk.ref, toServiceId: 'ktp-el-baru', handsOver: null })
    desk.clock.pass(WITHHOLD_MS - 1)
    expect(await desk.call('queue.undo')).toMatchObject({ ok: true })
    desk.clock.pass(1)
    desk.facts()
    await desk.call('queue.complete', { ...desk.ref, outcome: 'delivered', paymentReference: null })
    expect(desk.facts()).toMatchObject([{ data: { served: { ms: 20_000 + WITHHOLD_MS, estimated: false } } }])
    expect(findingsOf(desk)).toEqual([])
  })

  it('is over after eight seconds, after the next fact, and after a restart', async () => {
    const late = await calledDesk()
    await late.call('queue.forward', { ...late.ref, toServiceId: 'ktp-el-baru', handsOver: null })
    late.clock.pass(WITHHOLD_MS)
    expect(await late.call('queue.undo')).toMatchObject({ code: 'NOTHING_TO_UNDO' })

    const busy = openTestDesk()
    const [given, paused] = [busy.grant(1), busy.grant(2)]
    await busy.call('queue.release', given)
    await busy.call('counter.pause', { reason: 'prayer' })
    expect(await busy.call('queue.undo')).toMatchObject({ code: 'NOTHING_TO_UNDO' })
    await busy.call('counter.resume')
    await busy.call('queue.release', paused)
    busy.store.close()
    const again = openTestDesk({ folder: busy.folder })
    expect(await again.call('queue.undo')).toMatchObject({ code: 'NOTHING_TO_UNDO' })
  })

  it('takes a release back into the hand', async () => {
    const desk = openTestDesk()
    const ref = desk.grant(1)
    await desk.call('queue.release', ref)
    expect(handOf(desk, ref)).toBe('released')
    await desk.call('queue.undo')
    expect(handOf(desk, ref)).toBe('held')
    expect(types(desk)).toEqual(['entry.released', 'entry.release_undone'])
    expect(findingsOf(desk)).toEqual([])
  })

  it('a repeated command does not begin the eight seconds again', async () => {
    const desk = openTestDesk()
    const input = { ...desk.grant(1), commandId: '0b5c1d0e-0f3a-4f5e-8c53-6a1b6f4f0a01' }
    await desk.call('queue.release', input)
    desk.clock.pass(WITHHOLD_MS)
    await desk.call('queue.release', input)
    expect(await desk.call('queue.undo')).toMatchObject({ code: 'NOTHING_TO_UNDO' })
  })
})

describe('the counter', () => {
  it('calls nobody while it is paused, and keeps its hand', async () => {
    const desk = openTestDesk()
    desk.grant(1)
    await desk.call('counter.pause', { reason: 'break' })
    expect(await desk.call('queue.callNext')).toMatchObject({ code: 'COUNTER_PAUSED' })
    await desk.call('counter.resume')
    expect(await desk.call('queue.callNext')).toMatchObject({ ok: true })
  })

  it('gives the hand back when it closes connected, and keeps it when it closes cut off', async () => {
    const [connected, cutOff] = [openTestDesk(), openTestDesk()]
    connected.mall.isOnline = true
    for (const desk of [connected, cutOff]) {
      desk.grant(1)
      await desk.call('counter.close')
    }
    expect(types(connected)).toEqual(['entry.released', 'counter.closed'])
    expect(types(cutOff)).toEqual(['counter.closed'])
    expect(cutOff.repositories.hand.allHeld()).toHaveLength(1)
    await cutOff.call('counter.open')
    expect(await cutOff.call('queue.callNext')).toMatchObject({ ok: true })
  })
})

describe('midnight', () => {
  it('ends by the first command of the new date what was not called, and leaves what is open', async () => {
    const desk = await calledDesk()
    const left = desk.grant(2)
    desk.clock.pass(24 * 3_600_000)
    // The command itself is refused; the day is over all the same.
    expect(await desk.call('queue.callNext')).toMatchObject({ code: 'ENTRY_IN_PROGRESS' })
    expect(desk.facts()).toMatchObject([{ type: 'entry.expired', data: left }])
    expect(handOf(desk, left)).toBe('void')
    await desk.call('queue.startServing', desk.ref)
    expect(
      await desk.call('queue.complete', { ...desk.ref, outcome: 'delivered', paymentReference: null }),
    ).toMatchObject({ ok: true })
    expect(findingsOf(desk)).toEqual([])
  })

  it('does not come because the clock of the PC jumps', async () => {
    const desk = openTestDesk()
    desk.grant(1)
    desk.store.transaction(() =>
      desk.repositories.device.set({
        ...{ clock_offset: 0, anchor_server: NINE, anchor_mono: desk.clock.monotonic, anchor_boot: desk.clock.boot },
      }),
    )
    desk.clock.wall += 3 * 24 * 3_600_000
    desk.clock.monotonic += 60_000
    expect(await desk.call('queue.callNext')).toMatchObject({ ok: true })
    const stored = desk.repositories.events.get(1, 1)
    expect(JSON.parse(stored?.body ?? '')).toMatchObject({
      at: desk.clock.wall,
      offset: NINE + 60_000 - desk.clock.wall,
    })
  })
})

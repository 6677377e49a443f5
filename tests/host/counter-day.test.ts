/** The counter's day at the desk: opening, pauses, pauses by schedule, the choice of services, closing. */
import { describe, expect, it, vi } from 'vitest'
import { assertRequest } from '#main/host/sync/steps/assertion.ts'
import { pauseWhenPlanned } from '#main/host/use-cases/planned-pause.ts'
import { WITHHOLD_MS } from '#main/host/withhold.ts'
import { at, deskWith, MINUTE, PRAYER, snapshotOf, types } from '#tests/host/counter-day-desk.ts'
import { findingsOf, NINE, openTestDesk } from '#tests/support/test-desk.ts'

describe('a pause', () => {
  it('says why and until when, and the desk shows both until it goes on', async () => {
    const desk = openTestDesk()
    await desk.call('counter.pause', { reason: 'break', backAt: at(15) })
    expect(desk.facts()).toMatchObject([{ type: 'counter.paused', data: { reason: 'break', backAt: at(15) } }])
    expect(snapshotOf(desk).pause).toEqual({ reason: 'break', since: NINE, backAt: at(15), scheduled: false })
    await desk.call('counter.resume')
    expect(snapshotOf(desk).pause).toBeNull()
    expect(findingsOf(desk)).toEqual([])
  })

  it('without a time is a pause all the same; a time that has passed is refused', async () => {
    const desk = openTestDesk()
    expect(await desk.call('counter.pause', { reason: 'meeting', backAt: at(0) })).toMatchObject({
      code: 'BACK_AT_PASSED',
    })
    await desk.call('counter.pause', { reason: 'meeting' })
    expect(desk.facts()).toEqual([
      { type: 'counter.paused', data: { counterId: 'polres-1', epoch: 1, reason: 'meeting' } },
    ])
  })

  it('asked for twice under one id is one pause, also when its time has passed meanwhile', async () => {
    const desk = openTestDesk()
    const commandId = crypto.randomUUID()
    const pause = { commandId, reason: 'break', backAt: at(5) }
    await desk.call('counter.pause', pause)
    desk.clock.pass(6 * MINUTE)
    expect(await desk.call('counter.pause', pause)).toEqual({ ok: true, data: {} })
    expect(types(desk)).toEqual(['counter.paused'])
  })

  it('is refused while somebody is at the desk', async () => {
    const desk = openTestDesk()
    desk.grant(1)
    await desk.call('queue.callNext')
    expect(await desk.call('counter.pause', { reason: 'break' })).toMatchObject({ code: 'ENTRY_IN_PROGRESS' })
  })
})

describe('a pause by the mall’s schedule', () => {
  it('is announced ten minutes before, and begins by itself at its time', () => {
    const desk = deskWith({ pauses: [PRAYER] })
    desk.clock.pass(19 * MINUTE)
    expect(snapshotOf(desk).pauseAhead).toBeNull()
    desk.clock.pass(MINUTE)
    expect(snapshotOf(desk).pauseAhead).toEqual({ reason: 'prayer', from: at(30), at: at(30), to: at(75) })
    pauseWhenPlanned(desk.context)
    expect(types(desk)).toEqual([])
    desk.clock.pass(10 * MINUTE)
    pauseWhenPlanned(desk.context)
    pauseWhenPlanned(desk.context)
    expect(desk.facts()).toEqual([
      {
        type: 'counter.paused',
        data: { counterId: 'polres-1', epoch: 1, reason: 'prayer', backAt: at(75), scheduled: true },
      },
    ])
    expect(snapshotOf(desk)).toMatchObject({ pause: { scheduled: true, backAt: at(75) }, pauseAhead: null })
  })

  it('waits for the visitor at the desk', async () => {
    const desk = deskWith({ pauses: [PRAYER] })
    const ref = desk.grant(1)
    await desk.call('queue.callNext')
    desk.clock.pass(31 * MINUTE)
    pauseWhenPlanned(desk.context)
    expect(types(desk)).toEqual(['entry.called'])
    expect(snapshotOf(desk).pauseAhead).toMatchObject({ at: at(30) })
    await desk.call('queue.noShow', ref)
    pauseWhenPlanned(desk.context)
    expect(types(desk)).toEqual(['entry.no_show', 'counter.paused'])
  })

  it('waits as long as the last step may be taken back', async () => {
    const desk = deskWith({ pauses: [PRAYER] })
    const ref = desk.grant(1)
    await desk.call('queue.callNext')
    desk.clock.pass(31 * MINUTE)
    await desk.call('queue.forward', { ...ref, toServiceId: 'ktp-el-baru', handsOver: null })
    pauseWhenPlanned(desk.context)
    expect(types(desk)).toEqual(['entry.called', 'entry.forwarded'])
    desk.clock.pass(WITHHOLD_MS - 1)
    pauseWhenPlanned(desk.context)
    expect(await desk.call('queue.undo')).toMatchObject({ ok: true })
    expect(types(desk)).toEqual(['entry.give_away_undone'])
    await desk.call('queue.forward', { ...ref, toServiceId: 'ktp-el-baru', handsOver: null })
    desk.clock.pass(WITHHOLD_MS)
    pauseWhenPlanned(desk.context)
    expect(types(desk)).toEqual(['entry.forwarded', 'counter.paused'])
  })

  it('never goes on by itself, and leaves an officer in peace who goes on before its end', async () => {
    const desk = deskWith({ pauses: [PRAYER] })
    desk.clock.pass(30 * MINUTE)
    pauseWhenPlanned(desk.context)
    desk.clock.pass(60 * MINUTE)
    pauseWhenPlanned(desk.context)
    expect(types(desk)).toEqual(['counter.paused'])

    const other = deskWith({ pauses: [PRAYER] })
    other.clock.pass(30 * MINUTE)
    pauseWhenPlanned(other.context)
    other.clock.pass(5 * MINUTE)
    await other.call('counter.resume')
    pauseWhenPlanned(other.context)
    expect(types(other)).toEqual(['counter.paused', 'counter.resumed'])
  })

  it('is put off, or left out for today, also over a restart', async () => {
    const desk = deskWith({ pauses: [PRAYER] })
    desk.clock.pass(25 * MINUTE)
    expect(await desk.call('counter.putOffPause', { from: at(30), until: at(45) })).toMatchObject({ ok: true })
    expect(snapshotOf(desk).pauseAhead).toBeNull()
    desk.store.close()
    const again = openTestDesk({ folder: desk.folder, at: at(44) })
    pauseWhenPlanned(again.context)
    expect(types(again)).toEqual([])
    expect(snapshotOf(again).pauseAhead).toMatchObject({ from: at(30), at: at(45) })
    expect(await again.call('counter.putOffPause', { from: at(30), until: at(900) })).toMatchObject({ ok: true })
    again.clock.pass(5 * MINUTE)
    pauseWhenPlanned(again.context)
    expect(types(again)).toEqual([])
    expect(await again.call('counter.putOffPause', { from: at(31), until: at(60) })).toMatchObject({
      code: 'STALE_SCREEN',
    })
  })

  it('follows the mall’s time, not this PC’s', () => {
    const desk = deskWith({ pauses: [PRAYER] })
    desk.store.transaction(() =>
      desk.repositories.device.set({
        clock_offset: 0,
        anchor_server: NINE,
        anchor_mono: 1_000_000,
        anchor_boot: 'boot-1',
      }),
    )
    desk.clock.wall += 45 * MINUTE
    pauseWhenPlanned(desk.context)
    expect(types(desk)).toEqual([])
    expect(snapshotOf(desk).pcClockMinutes).toBe(45)
    desk.clock.wall -= 45 * MINUTE - 59_000
    expect(snapshotOf(desk).pcClockMinutes).toBe(0)
  })
})

describe('the choice of services', () => {
  it('gives back what is not taken, keeps the rest, and shows what is taken', async () => {
    const desk = openTestDesk()
    desk.mall.isOnline = true
    desk.grant(1)
    desk.grant(2, { serviceId: 'surat-kehilangan' })
    expect(await desk.call('counter.chooseServices', { serviceIds: ['skck', 'skck'] })).toMatchObject({ ok: true })
    expect(types(desk)).toEqual(['entry.released', 'counter.services_chosen'])
    expect(snapshotOf(desk)).toMatchObject({ takes: ['skck'], waiting: [{ label: 'SK-001' }] })
    expect(findingsOf(desk)).toEqual([])
  })

  it('leaves what others wait for out of the waiting list', async () => {
    const desk = openTestDesk()
    desk.mall.isOnline = true
    const row = { entryNo: 1, businessDate: '2026-11-21', priority: null, waitingSince: NINE, counterId: null }
    for (const [order, serviceId] of ['skck', 'surat-kehilangan'].entries()) {
      const visitId = `00000000-0000-4000-8000-00000000010${order}`
      desk.store.transaction(() =>
        desk.repositories.queue.put({ ...row, visitId, label: `X-0${order}`, serviceId, order: order + 1 }),
      )
    }
    await desk.call('counter.chooseServices', { serviceIds: ['skck'] })
    expect(snapshotOf(desk).waiting.map(({ label }) => label)).toEqual(['X-00'])
  })

  it('is refused for services of other counters, and cut off when somebody would be stranded by it', async () => {
    const desk = openTestDesk()
    desk.grant(1)
    const choose = (serviceIds: string[]) => desk.call('counter.chooseServices', { serviceIds })
    expect(await choose(['ktp-el-hilang'])).toMatchObject({ code: 'SERVICE_UNKNOWN' })
    expect(await choose([])).toMatchObject({ code: 'BAD_INPUT' })
    expect(await choose(['surat-kehilangan'])).toMatchObject({ code: 'CHOICE_STRANDS' })
    expect(await choose(['skck', 'surat-kehilangan'])).toMatchObject({ ok: true })
  })

  it('says who else takes them, or that nobody can say', async () => {
    const desk = openTestDesk()
    expect(await desk.call('counter.takers')).toEqual({ ok: true, data: { services: null } })
    desk.mall.isOnline = true
    const name = desk.context.config()?.counters.find(({ id }) => id === 'polres-2')?.name
    desk.mall.takers = [{ serviceId: 'skck', counterIds: ['polres-2', 'gone'] }]
    expect(await desk.call('counter.takers')).toEqual({
      ok: true,
      data: { services: [{ serviceId: 'skck', counterNames: [name, 'gone'] }] },
    })
  })

  it('is told to a server that lost its memory, and only when there is one', async () => {
    const desk = openTestDesk()
    expect(assertRequest(desk.context).session).toEqual({ epoch: 1, open: true })
    await desk.call('counter.chooseServices', { serviceIds: ['skck'] })
    expect(assertRequest(desk.context).session).toEqual({ epoch: 1, open: true, serviceIds: ['skck'] })
  })

  it('and a pause are both told: a counter that rests is dealt nothing of what others could serve', async () => {
    const desk = openTestDesk()
    await desk.call('counter.pause', { reason: 'break' })
    expect(assertRequest(desk.context).session).toEqual({ epoch: 1, open: true, paused: true })
    await desk.call('counter.resume')
    expect(assertRequest(desk.context).session).toEqual({ epoch: 1, open: true })
  })

  it('ends when the counter opens again', async () => {
    const desk = openTestDesk()
    await desk.call('counter.chooseServices', { serviceIds: ['skck'] })
    await desk.call('counter.close')
    await desk.call('counter.open')
    expect(snapshotOf(desk).takes).toEqual(snapshotOf(desk).place?.serviceIds)
  })
})

describe('opening', () => {
  it('that is asked for again after the counter has closed gets its first answer, and the server is not asked', async () => {
    const desk = openTestDesk()
    await desk.call('counter.close')
    const command = { commandId: '00000000-0000-4000-8000-0000000000aa' }
    expect(await desk.call('counter.open', command)).toMatchObject({ ok: true })
    await desk.call('counter.close')
    desk.facts()
    const asked = vi.spyOn(desk.context.mall, 'openCounter')
    expect(await desk.call('counter.open', command)).toEqual({ ok: true, data: {} })
    expect(asked).not.toHaveBeenCalled()
    expect(types(desk)).toEqual([])
    expect(snapshotOf(desk).open).toBe(false)
  })
})

describe('closing', () => {
  it('settles what is set aside as it was said, and leaves the rest with the counter', async () => {
    const desk = openTestDesk()
    desk.mall.isOnline = true
    const [held, absent, kept] = [desk.grant(1), desk.grant(2), desk.grant(3)]
    for (const ref of [held, absent, kept]) {
      await desk.call('queue.callNext')
      if (ref === absent) await desk.call('queue.noShow', ref)
      else await desk.call('queue.hold', { ...ref, reason: 'payment' })
    }
    const waiting = desk.grant(4)
    desk.facts()
    const settle = [
      { ...held, to: 'return' },
      { ...absent, to: 'cancel' },
    ]
    expect(await desk.call('counter.close', { settle })).toMatchObject({ ok: true })
    expect(types(desk)).toEqual([
      ...['entry.returned', 'entry.cancelled', 'entry.released', 'entry.released', 'counter.closed'],
    ])
    const state = (ref: { visitId: string; entryNo: number }) => desk.repositories.hand.get(ref)?.state
    expect([held, absent, kept, waiting].map(state)).toEqual(['released', 'used', 'used', 'released'])
    expect(desk.repositories.entries.get(kept)).toMatchObject({ status: 'on_hold' })
    expect(findingsOf(desk)).toEqual([])
  })

  it('of a stale screen changes nothing', async () => {
    const desk = openTestDesk()
    const ref = desk.grant(1)
    await desk.call('queue.callNext')
    await desk.call('queue.hold', { ...ref, reason: 'payment' })
    await desk.call('queue.cancel', { ...ref, reason: 'visitor_left' })
    desk.facts()
    const settle = [{ ...ref, to: 'return' }]
    expect(await desk.call('counter.close', { settle })).toMatchObject({ code: 'STALE_SCREEN' })
    expect(types(desk)).toEqual([])
  })

  it('comes with a summary of the day', async () => {
    const desk = openTestDesk()
    expect(await desk.call('counter.daySummary')).toEqual({
      ok: true,
      data: { served: 0, averageWaitMs: null, averageServedMs: null },
    })
    for (const n of [1, 2]) {
      const ref = desk.grant(n)
      desk.clock.pass(n * MINUTE)
      await desk.call('queue.callNext')
      await desk.call('queue.startServing', ref)
      desk.clock.pass(4 * MINUTE)
      await desk.call('queue.complete', { ...ref, outcome: 'delivered', paymentReference: null })
    }
    expect(await desk.call('counter.daySummary')).toEqual({
      ok: true,
      data: { served: 2, averageWaitMs: 1.5 * MINUTE, averageServedMs: 4 * MINUTE },
    })
  })
})

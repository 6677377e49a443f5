/** The counter's day at the desk: pauses, pauses by schedule, the choice of services, closing, change of officer, the lock. */
import { scryptSync } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import type { DeviceConfig } from '#contract/mall-config.ts'
import { buildDeskSnapshot } from '#main/host/snapshot.ts'
import { assertRequest } from '#main/host/sync/steps/assertion.ts'
import { takeConfig } from '#main/host/sync/steps/take-config.ts'
import { lockWhenIdle } from '#main/host/use-cases/lock.ts'
import { pauseWhenPlanned } from '#main/host/use-cases/planned-pause.ts'
import { WITHHOLD_MS } from '#main/host/withhold.ts'
import { findingsOf, NINE, openTestDesk, type TestDesk, TODAY } from '#tests/support/test-desk.ts'

const MINUTE = 60_000
/** 21 November 2026 is a Saturday; the test mall's prayer is at 09:30 to make the day short. */
const PRAYER = { weekday: 'saturday', from: '09:30', to: '10:15', reason: 'prayer' } as const
const at = (minutes: number) => NINE + minutes * MINUTE
const PIN = '135790'
const key = scryptSync(PIN, Buffer.from('c2FsdA', 'base64url'), 32, { N: 1_024, r: 8, p: 1 })
const pinHash = `scrypt$1024$c2FsdA$${key.toString('base64url')}`
const OFFICER = 'petugas-polres-1'

const snapshotOf = (desk: TestDesk) => buildDeskSnapshot(desk.context, 1, null)
const types = (desk: TestDesk) => desk.facts().map(({ type }) => type)

function deskWith(change: Partial<DeviceConfig>): TestDesk {
  const desk = openTestDesk()
  const config = desk.context.config()
  if (!config) throw new Error('the test desk has no configuration')
  const officers = config.officers.map((officer) => ({ ...officer, pinHash }))
  const next = { ...config, officers, ...change }
  desk.store.transaction(() => desk.repositories.device.putConfig(config.version, JSON.stringify(next)))
  desk.context.setConfig(next)
  return desk
}

/** The sample officer of the police, and a colleague who may take criminal records only. */
function twoOfficers(): TestDesk {
  const desk = deskWith({})
  const config = desk.context.config()
  const first = config?.officers.find(({ id }) => id === OFFICER)
  if (!config || !first) throw new Error('the sample mall has changed')
  const second = { ...first, id: 'kadek', name: 'Kadek', code: 'KDK01', serviceIds: ['skck'] }
  const elsewhere = { ...first, id: 'nyoman', name: 'Nyoman', code: 'NYM01', serviceIds: ['sim-a-perpanjangan'] }
  desk.context.setConfig({ ...config, officers: [first, second, elsewhere] })
  return desk
}

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

describe('a change of officer', () => {
  it('keeps the counter open and the hand, and what the new officer may not serve goes back with it', async () => {
    const desk = twoOfficers()
    desk.grant(1)
    desk.grant(2, { serviceId: 'surat-kehilangan' })
    expect(await desk.call('session.signIn', { officerId: 'kadek', pin: PIN })).toMatchObject({ ok: true })
    expect(types(desk)).toEqual([
      ...['officer.signed_out', 'officer.signed_in', 'entry.released', 'counter.services_chosen'],
    ])
    expect(snapshotOf(desk)).toMatchObject({ open: true, takes: ['skck'], mayTake: ['skck'] })
    expect(snapshotOf(desk).waiting.map(({ label }) => label)).toEqual(['SK-001'])
    expect(await desk.call('counter.chooseServices', { serviceIds: ['surat-kehilangan'] })).toMatchObject({
      code: 'SERVICE_NOT_PERMITTED',
    })
    expect(findingsOf(desk)).toEqual([])
  })

  it('goes on with the visitor at the desk: each fact says who did it', async () => {
    const desk = twoOfficers()
    const ref = desk.grant(1)
    await desk.call('queue.callNext')
    await desk.call('session.signIn', { officerId: 'kadek', pin: PIN })
    await desk.call('queue.startServing', ref)
    expect(desk.repositories.entries.get(ref)).toMatchObject({ status: 'serving', officerId: 'kadek' })
  })

  it('limits visitors without a number, and numbers of other hands that are called by name, to what the officer may serve', async () => {
    const desk = twoOfficers()
    await desk.call('session.signIn', { officerId: 'kadek', pin: PIN })
    desk.facts()
    const ref = { visitId: '00000000-0000-4000-8000-000000000009', entryNo: 1 }
    const row = {
      label: 'PK-009',
      businessDate: TODAY,
      priority: null,
      waitingSince: NINE,
      order: 9,
      counterId: 'polres-2',
    }
    const inLine = (serviceId: string) =>
      desk.store.transaction(() => desk.repositories.queue.put({ ...ref, ...row, serviceId }))
    for (const isOnline of [true, false]) {
      desk.mall.isOnline = isOnline
      inLine('surat-kehilangan')
      const wish = { serviceId: 'surat-kehilangan', priority: null }
      expect(await desk.call('visit.issueHere', wish)).toMatchObject({ code: 'SERVICE_NOT_PERMITTED' })
      expect(await desk.call('queue.quickServe', wish)).toMatchObject({ code: 'SERVICE_NOT_PERMITTED' })
      expect(await desk.call('queue.callTicket', { ...ref, reason: 'other' })).toMatchObject({
        code: 'SERVICE_NOT_PERMITTED',
      })
    }
    expect([desk.mall.wants, desk.facts()]).toEqual([[], []])
    // What the officer may serve is asked for, and given a number, as ever.
    desk.mall.isOnline = true
    inLine('skck')
    await desk.call('queue.callTicket', { ...ref, reason: 'other' })
    expect(desk.mall.wants).toEqual([ref])
    expect(await desk.call('visit.issueHere', { serviceId: 'skck', priority: null })).toMatchObject({ ok: true })
    expect(await desk.call('queue.quickServe', { serviceId: 'skck', priority: null })).toMatchObject({ ok: true })
    expect(findingsOf(desk)).toEqual([])
  })

  it('is refused to an officer who may serve nothing here, and the PIN counts as right', async () => {
    const desk = twoOfficers()
    expect(await desk.call('session.signIn', { officerId: 'nyoman', pin: PIN })).toMatchObject({
      code: 'NO_SERVICE_PERMITTED',
    })
    expect(snapshotOf(desk).officer?.id).toBe(OFFICER)
    expect(desk.repositories.pinAttempts.get('nyoman').failures).toBe(0)
  })

  it('whose services a new configuration takes away gives back what they may no longer serve', async () => {
    const desk = twoOfficers()
    desk.grant(1)
    desk.grant(2, { serviceId: 'surat-kehilangan' })
    const config = desk.context.config()
    if (!config) throw new Error('the desk has no configuration')
    const officers = config.officers.map((one) => (one.id === OFFICER ? { ...one, serviceIds: ['skck'] } : one))
    const newer = { ...config, version: config.version + 1, officers }
    desk.facts()
    takeConfig(desk.context, newer)
    expect(types(desk)).toEqual(['entry.released', 'counter.services_chosen'])
    expect(snapshotOf(desk)).toMatchObject({ takes: ['skck'], mayTake: ['skck'] })
    expect(snapshotOf(desk).waiting.map(({ label }) => label)).toEqual(['SK-001'])
    takeConfig(desk.context, { ...newer, version: newer.version + 1 })
    expect(types(desk)).toEqual([])
    expect(findingsOf(desk)).toEqual([])
  })

  it('before opening: the counter opens with what the officer may take', async () => {
    const desk = twoOfficers()
    await desk.call('counter.close')
    await desk.call('session.signIn', { officerId: 'kadek', pin: PIN })
    desk.facts()
    await desk.call('counter.open')
    expect(types(desk)).toEqual(['counter.opened', 'counter.services_chosen'])
    expect(snapshotOf(desk).takes).toEqual(['skck'])
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

describe('the lock', () => {
  it('refuses acts at the host, also after a restart of the host, until the PIN is typed', async () => {
    const desk = deskWith({})
    desk.grant(1)
    expect(await desk.call('session.lock')).toMatchObject({ ok: true })
    for (const method of ['queue.callNext', 'counter.close', 'session.signOut', 'print.settle', 'devices.list']) {
      const input = method === 'print.settle' ? { jobId: crypto.randomUUID(), cameOut: true } : {}
      expect([method, await desk.call(method, input)]).toMatchObject([method, { code: 'LOCKED' }])
    }
    desk.store.close()
    const again = openTestDesk({ folder: desk.folder })
    expect(await again.call('queue.callNext')).toMatchObject({ code: 'LOCKED' })
    expect(snapshotOf(again).locked).toEqual({ since: NINE })
    expect(await again.call('session.signIn', { officerId: OFFICER, pin: PIN })).toMatchObject({ ok: true })
    expect(await again.call('queue.callNext')).toMatchObject({ ok: true })
    // The officer was there all along: nobody signed out or in.
    expect(types(again)).toEqual(['entry.called'])
  })

  it('keeps number and stopwatch, hides what was handed over, and counts wrong PINs', async () => {
    const desk = deskWith({})
    const ref = desk.grant(1, { entryNo: 2, journeyId: 'ktp-hilang' })
    desk.store.transaction(() =>
      desk.repositories.personalTexts.addReceived({
        ...{ visitId: ref.visitId, entryNo: 1, key: 'nomor' },
        ...{ salt: 'x'.repeat(22), value: 'STPLK/1187' },
      }),
    )
    await desk.call('queue.callNext')
    await desk.call('queue.startServing', ref)
    expect(snapshotOf(desk).current?.prerequisites).toHaveLength(1)
    await desk.call('session.lock')
    expect(snapshotOf(desk).current).toMatchObject({ label: 'SK-001', servingAt: NINE, prerequisites: [] })
    const wrong = { officerId: OFFICER, pin: '000000' }
    const answers = [1, 2, 3].map(() => desk.call('session.signIn', wrong))
    expect((await Promise.all(answers)).map(({ code }) => code)).toEqual(['WRONG_PIN', 'WRONG_PIN', 'PIN_LOCKED'])
    expect(snapshotOf(desk).locked).not.toBeNull()
  })

  it('is opened by a colleague, too: that is a change of officer', async () => {
    const desk = twoOfficers()
    await desk.call('session.lock')
    await desk.call('session.signIn', { officerId: 'kadek', pin: PIN })
    expect(snapshotOf(desk)).toMatchObject({ locked: null, officer: { id: 'kadek' } })
    expect(types(desk)).toContain('officer.signed_out')
  })

  it('comes by itself after the mall’s minutes without a touch, and never where the mall says so', async () => {
    const desk = deskWith({ lockAfterMinutes: 5 })
    desk.clock.pass(5 * MINUTE - 1)
    lockWhenIdle(desk.context)
    expect(snapshotOf(desk).locked).toBeNull()
    await desk.call('session.touch')
    desk.clock.pass(5 * MINUTE - 1)
    lockWhenIdle(desk.context)
    expect(snapshotOf(desk).locked).toBeNull()
    desk.clock.pass(1)
    lockWhenIdle(desk.context)
    expect(snapshotOf(desk).locked).toEqual({ since: at(10) - 1 })

    const never = deskWith({ lockAfterMinutes: 0 })
    never.clock.pass(600 * MINUTE)
    lockWhenIdle(never.context)
    expect(snapshotOf(never).locked).toBeNull()

    const usual = deskWith({})
    usual.clock.pass(10 * MINUTE)
    lockWhenIdle(usual.context)
    expect(snapshotOf(usual).locked).not.toBeNull()
  })

  it('leaves planned pauses and the counter’s hand alone', () => {
    const desk = deskWith({ pauses: [PRAYER], lockAfterMinutes: 5 })
    desk.grant(1)
    desk.clock.pass(30 * MINUTE)
    lockWhenIdle(desk.context)
    pauseWhenPlanned(desk.context)
    expect(snapshotOf(desk)).toMatchObject({ pause: { reason: 'prayer' }, waiting: [{ label: 'SK-001' }] })
    expect(snapshotOf(desk).locked).not.toBeNull()
  })
})

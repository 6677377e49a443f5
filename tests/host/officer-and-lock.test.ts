/** Who works at the desk: a change of officer, and the lock. */
import { describe, expect, it } from 'vitest'
import { slipText } from '#domain/slip.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import { takeConfig } from '#main/host/sync/steps/take-config.ts'
import { lockWhenIdle } from '#main/host/use-cases/lock.ts'
import { pauseWhenPlanned } from '#main/host/use-cases/planned-pause.ts'
import { at, deskWith, MINUTE, OFFICER, PIN, PRAYER, snapshotOf, types } from '#tests/host/counter-day-desk.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { addSlipKey, findingsOf, NINE, openTestDesk, type TestDesk, TODAY } from '#tests/support/test-desk.ts'

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

  it('limits slips that are shown to what the officer may serve, before anybody is asked; what this desk began is taken up again', async () => {
    const desk = twoOfficers()
    addSlipKey(desk)
    const visitId = visitIdOf(sha256, desk.context.config()?.mall.id ?? '', TODAY, 'PK-001')
    const ref = { visitId, entryNo: 1 }
    const entry = { ...ref, label: 'PK-001', serviceId: 'surat-kehilangan', businessDate: TODAY }
    const slip = { ...entry, issuedAt: NINE, priority: null }
    const scanned = slipText(slip, `k-${TODAY}`, desk.context.slipKeys.keyedHash) ?? ''
    const show = () => desk.call('queue.present', { slip: { scanned } })
    await desk.call('session.signIn', { officerId: 'kadek', pin: PIN })
    desk.facts()
    expect(await show()).toMatchObject({ code: 'SERVICE_NOT_PERMITTED' })
    expect([desk.mall.claims, desk.facts()]).toEqual([[], []])

    await desk.call('session.signIn', { officerId: OFFICER, pin: PIN })
    expect(await show()).toMatchObject({ ok: true })
    await desk.call('session.signIn', { officerId: 'kadek', pin: PIN })
    expect(await show()).toMatchObject({ ok: true })
    expect(desk.repositories.entries.get(ref)).toMatchObject({ status: 'serving', officerId: 'kadek' })
    await desk.call('queue.hold', { ...ref, reason: 'fetch_documents' })
    expect(await show()).toMatchObject({ ok: true })
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

/** Slips at the desk: read, claimed or taken into own custody, and printed so that the next desk can trust them. */
import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Slip, slipText, typedCode } from '#domain/slip.ts'
import { visitIdOf } from '#domain/visit-id.ts'
import type { SlipDocument } from '#main/host/device-documents.ts'
import { memorySidecar } from '#tests/support/memory-sidecar.ts'
import { sha256 } from '#tests/support/sha256.ts'
import { addSlipKey, findingsOf, grantOf, NINE, openTestDesk, type TestDesk, TODAY } from '#tests/support/test-desk.ts'

const KEY = `k-${TODAY}`

function keyedDesk(options?: Parameters<typeof openTestDesk>[0]): TestDesk {
  const desk = openTestDesk(options)
  addSlipKey(desk)
  return desk
}

function slipOf(desk: TestDesk, label = 'SK-001', over: Partial<Slip> = {}): Slip {
  const mallId = desk.context.config()?.mall.id ?? ''
  const visitId = visitIdOf(sha256, mallId, TODAY, label)
  return { visitId, entryNo: 1, label, serviceId: 'skck', businessDate: TODAY, issuedAt: NINE, priority: null, ...over }
}

const show = (desk: TestDesk, slip: Slip) => {
  const scanned = slipText(slip, KEY, desk.context.slipKeys.keyedHash) ?? ''
  return desk.call('queue.present', { slip: { scanned } })
}

describe('a slip that is shown', () => {
  it('is served from the own hand under its grant, without asking anybody', async () => {
    const desk = keyedDesk()
    desk.mall.isOnline = true
    const slip = slipOf(desk)
    desk.grant(7, { visitId: slip.visitId })
    expect(await show(desk, slip)).toMatchObject({ data: { visitId: slip.visitId, entryNo: 1, label: 'SK-001' } })
    expect(desk.facts()).toMatchObject([
      { type: 'entry.presented', data: { reason: 'in_hand', grant: { incarnation: 1, n: 7 } } },
    ])
    expect(desk.mall.claims).toEqual([])
  })

  it('of who was called confirms the arrival; of who is on hold or was absent it takes the visit up again', async () => {
    const desk = keyedDesk()
    const slip = slipOf(desk)
    const ref = { visitId: slip.visitId, entryNo: 1 }
    desk.grant(7, ref)
    await desk.call('queue.callNext')
    desk.facts()
    expect(await show(desk, slip)).toMatchObject({ data: { ...ref, label: 'SK-001' } })
    expect(desk.facts()).toEqual([{ type: 'entry.serving', data: ref }])
    // The same paper once more changes nothing.
    expect(await show(desk, slip)).toMatchObject({ code: 'ENTRY_IN_PROGRESS' })

    await desk.call('queue.hold', { ...ref, reason: 'fetch_documents' })
    desk.facts()
    expect(await show(desk, slip)).toMatchObject({ ok: true })
    expect(desk.facts()).toEqual([{ type: 'entry.resumed', data: ref }])

    const late = slipOf(desk, 'SK-002')
    const absent = { visitId: late.visitId, entryNo: 1 }
    desk.grant(8, { ...absent, label: 'SK-002' })
    await desk.call('queue.complete', { ...ref, outcome: 'delivered', paymentReference: null })
    await desk.call('queue.callNext')
    await desk.call('queue.noShow', absent)
    desk.facts()
    expect(await show(desk, late)).toMatchObject({ ok: true })
    expect(desk.facts()).toEqual([{ type: 'entry.called_back', data: absent }])
    expect(desk.mall.claims).toEqual([])
    expect(findingsOf(desk)).toEqual([])
  })

  it('is claimed at the server, and served under what the server gave: the slip names no journey, the grant does', async () => {
    const desk = keyedDesk()
    const slip = slipOf(desk, 'P-001', { serviceId: 'surat-kehilangan' })
    desk.context.mall.claim = async () => {
      desk.grant(8, { visitId: slip.visitId, serviceId: 'surat-kehilangan', journeyId: 'ktp-hilang' })
      return { kind: 'granted' }
    }
    await show(desk, slip)
    const claimed = { reason: 'claimed', grant: { incarnation: 1, n: 8 }, journeyId: 'ktp-hilang' }
    expect(desk.facts()).toMatchObject([{ data: claimed }])
    await desk.call('queue.startServing', slip)
    const next = { ...slip, toServiceId: 'ktp-el-hilang', handsOver: 'LP/77/XI/2026' }
    expect(await desk.call('queue.forward', next)).toMatchObject({ ok: true })
    expect(desk.facts().at(-1)).toMatchObject({ type: 'entry.forwarded', data: { journeyId: 'ktp-hilang' } })
    expect(findingsOf(desk)).toEqual([])
  })

  it('is claimed with the newest custody that this desk gave back or refused, and none when it had none', async () => {
    const desk = keyedDesk()
    desk.mall.claim = { kind: 'finished' }
    const slip = slipOf(desk)
    await show(desk, slip)
    desk.grant(7, { visitId: slip.visitId })
    await desk.call('queue.release', { visitId: slip.visitId, entryNo: 1 })
    await show(desk, slip)
    desk.repositories.hand.tombstones.put({ visitId: slip.visitId, entryNo: 1 }, { incarnation: 1, n: 9 })
    await show(desk, slip)
    const said = [undefined, { incarnation: 1, n: 7 }, { incarnation: 1, n: 9 }]
    expect(desk.mall.claims).toMatchObject(said.map((letGo) => ({ letGo })))
  })

  it.each([
    [{ kind: 'finished' }, { code: 'SLIP_FINISHED' }],
    [
      { kind: 'in_service', counterId: 'polres-2' },
      { code: 'SLIP_IN_SERVICE', detail: { counter: '13' } },
    ],
    [
      { kind: 'in_service', counterId: null },
      { code: 'SLIP_IN_SERVICE', detail: { counter: 'none' } },
    ],
  ] as const)('is not served when the server says %o', async (claim, refusal) => {
    const desk = keyedDesk()
    desk.mall.claim = claim
    const answer = await show(desk, slipOf(desk))
    expect(answer).toMatchObject({ ok: false, ...refusal })
    expect(desk.facts()).toEqual([])
  })

  it('keeps journey and way back that the server tells of while the holder is silent, so that the visit goes on', async () => {
    const desk = keyedDesk()
    const told = { journeyId: 'ktp-hilang', returnsTo: { serviceId: 'skck', counterId: 'polres-1', journeyId: null } }
    desk.mall.claim = { kind: 'holder_silent', counterId: 'polres-2', ...told }
    await show(desk, slipOf(desk))
    expect(desk.facts()).toMatchObject([{ type: 'entry.presented', data: told }])
    expect(desk.repositories.entries.current()?.journeyId).toBe('ktp-hilang')
  })

  it.each([
    [{ kind: 'silent' }, 'server_silent'],
    [{ kind: 'holder_silent', counterId: 'polres-2' }, 'holder_silent'],
  ] as const)('is served in own custody when the answer is %o', async (claim, reason) => {
    const desk = keyedDesk()
    desk.mall.claim = claim
    const slip = slipOf(desk)
    desk.grant(1)
    await desk.call('queue.callNext')
    await desk.call('queue.noShow', { visitId: grantOf(1).visitId, entryNo: 1 })
    desk.facts()
    await show(desk, slip)
    // Named after the event that took it.
    expect(desk.facts()).toMatchObject([{ data: { reason, grant: { incarnation: 0, n: 3 }, issuedAt: NINE } }])
    expect(desk.repositories.hand.get(slip)).toMatchObject({ state: 'used', grant: { incarnation: 0, n: 3 } })
    await desk.call('queue.returnToQueue', slip)
    expect(desk.repositories.hand.get(slip)?.state).toBe('held')
    expect(findingsOf(desk)).toEqual([])
  })

  it('is served at a counter without a session, to the end', async () => {
    const desk = keyedDesk()
    await desk.call('counter.close')
    desk.store.transaction(() => desk.repositories.desk.set({ counter: null }))
    const slip = slipOf(desk)
    expect(await show(desk, slip)).toMatchObject({ ok: true })
    await desk.call('queue.startServing', slip)
    expect(await desk.call('queue.complete', { ...slip, outcome: 'delivered', paymentReference: null })).toMatchObject({
      ok: true,
    })
    expect(await show(desk, slip)).toMatchObject({ code: 'SLIP_FINISHED' })
  })

  it('is served in own custody while the store is in doubt, though its hand is locked', async () => {
    const sidecar = memorySidecar()
    sidecar.content = { nonce: 'other', pendingNonce: null, machine: 'this-pc' }
    const desk = keyedDesk({ sidecar })
    const slip = slipOf(desk)
    desk.grant(7, { visitId: slip.visitId })
    expect(await desk.call('queue.callNext')).toMatchObject({ code: 'STORE_IN_DOUBT' })
    await show(desk, slip)
    expect(desk.facts()).toMatchObject([{ data: { reason: 'server_silent', grant: { incarnation: 0, n: 1 } } }])
    // The grant that was in the hand is void from now on.
    expect(desk.repositories.hand.tombstones.get(slip)).toEqual({ incarnation: 1, n: 7 })
  })

  it('is refused when it is altered, old, of another mall or of another service', async () => {
    const desk = keyedDesk()
    const hash = desk.context.slipKeys.keyedHash
    const text = slipText(slipOf(desk), KEY, hash) ?? ''
    const read = (scanned: string) => desk.call('queue.present', { slip: { scanned } })
    expect(await read('https://example.id/')).toMatchObject({ code: 'SLIP_UNREADABLE' })
    expect(await read(text.replace('SK-001', 'SK-002'))).toMatchObject({ code: 'SLIP_ALTERED' })
    expect(await read(text.replace(KEY, 'k-other'))).toMatchObject({ code: 'SLIP_FOREIGN' })
    expect(await show(desk, slipOf(desk, 'D-001', { serviceId: 'ktp-el-baru' }))).toMatchObject({
      code: 'SLIP_OTHER_SERVICE',
    })
    desk.clock.pass(24 * 3_600_000)
    expect(await read(text)).toMatchObject({ code: 'SLIP_OLD' })
    expect(desk.facts()).toEqual([])
  })

  it('is known by its number and six typed characters, for every entry of the visit', async () => {
    const desk = keyedDesk()
    const slip = slipOf(desk, 'P-014', { entryNo: 3 })
    const code = typedCode(slip, KEY, desk.context.slipKeys.keyedHash) ?? ''
    const typed = (label: string, text: string) => desk.call('queue.present', { slip: { label, code: text } })
    expect(await typed('P-015', code)).toMatchObject({ code: 'SLIP_UNREADABLE' })
    expect(await typed('P-014', 'ABC234')).toMatchObject({ code: 'SLIP_UNREADABLE' })
    expect(await typed('P-014', ` ${code.toLowerCase()} `)).toMatchObject({
      data: { visitId: slip.visitId, entryNo: 3 },
    })
  })

  it('repeated under one command id is presented once', async () => {
    const desk = keyedDesk()
    desk.mall.isOnline = true
    const scanned = slipText(slipOf(desk), KEY, desk.context.slipKeys.keyedHash) ?? ''
    const input = { commandId: randomUUID(), slip: { scanned } }
    const first = await desk.call('queue.present', input)
    desk.mall.claim = { kind: 'in_service', counterId: 'polres-1' }
    expect(await desk.call('queue.present', input)).toEqual(first)
    expect(desk.facts()).toHaveLength(1)
  })
})

describe('a slip that is printed', () => {
  const papers = ({ store }: TestDesk) =>
    store.db
      .prepare<[], { document: string }>("SELECT document FROM print_job WHERE kind = 'slip'")
      .all()
      .map(({ document }) => JSON.parse(document) as SlipDocument)

  it('for a number issued here opens at this desk, with its code to type', async () => {
    const desk = keyedDesk()
    desk.printer.isThere = true
    const issued = await desk.call('visit.issueHere', { serviceId: 'skck', priority: 'elderly' })
    expect(issued).toMatchObject({ ok: true, data: { label: 'L01-01' } })
    expect(desk.facts()).toMatchObject([{ type: 'visit.issued_here', data: { label: 'L01-01', priority: 'elderly' } }])
    const [paper] = papers(desk)
    expect(paper?.code).toMatch(/^[A-Z2-7]{6}$/)
    expect(await desk.call('queue.present', { slip: { scanned: paper?.qr } })).toMatchObject(issued)
    expect(desk.facts()).toMatchObject([{ data: { reason: 'in_hand', grant: { incarnation: 0, n: 1 } } }])
    expect(findingsOf(desk)).toEqual([])
  })

  it('for the next step is printed only while cut off', async () => {
    const desk = keyedDesk()
    desk.printer.isThere = true
    for (const [n, isOnline] of [true, false].entries()) {
      desk.mall.isOnline = isOnline
      const ref = desk.grant(n + 1)
      await desk.call('queue.callNext')
      await desk.call('queue.forward', { ...ref, toServiceId: 'ktp-el-baru', handsOver: null })
    }
    const [paper, ...more] = papers(desk)
    expect(more).toEqual([])
    expect(paper?.qr).toContain(`${grantOf(2).visitId};2;SK-002;ktp-el-baru;`)
  })

  it('has no code at all on a desk that never had a key', async () => {
    const desk = openTestDesk()
    desk.printer.isThere = true
    await desk.call('visit.issueHere', { serviceId: 'skck', priority: null })
    expect(papers(desk)).toMatchObject([{ qr: null, code: null }])
  })

  it('is not issued here while the counter is closed and could be opened', async () => {
    const desk = keyedDesk()
    await desk.call('counter.close')
    desk.mall.isOnline = true
    const input = { serviceId: 'skck', priority: null }
    expect(await desk.call('visit.issueHere', input)).toMatchObject({ code: 'COUNTER_NOT_OPEN' })
    expect(await desk.call('visit.issueHere', { ...input, serviceId: 'x' })).toMatchObject({ code: 'COUNTER_NOT_OPEN' })
    desk.mall.isOnline = false
    expect(await desk.call('visit.issueHere', { ...input, serviceId: 'x' })).toMatchObject({ code: 'SERVICE_UNKNOWN' })
    expect(await desk.call('visit.issueHere', input)).toMatchObject({ ok: true })
  })
})

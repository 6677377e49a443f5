/** POST /v1/claims: a visitor stands at a desk with a slip. */
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import { HOLDERS_ANSWER, TestMall } from '#tests/server/support/test-mall.ts'

async function atDesk(recallMs?: number) {
  const mall = await TestMall.start({ recallMs })
  const desk = await mall.frontDesk()
  const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
  return { mall, desk, one, two }
}

/** D-001 is in the hand of `one`; the slip is shown at `two`. */
async function held(recallMs?: number) {
  const { mall, desk, one, two } = await atDesk(recallMs)
  await one.open()
  await desk.issue('D-001', 'ktp')
  const [grant] = await one.grants()
  if (!grant) throw new Error('nothing was granted')
  await two.open()
  return { mall, desk, one, two, grant }
}

const unknown = () => ({ visitId: randomUUID(), entryNo: 1, label: 'D-077', serviceId: 'ktp' })

describe('a slip is granted to the desk where it is shown', () => {
  test('when nobody holds it, and to that desk again when it has given the first grant back meanwhile', async () => {
    const { desk, one } = await atDesk()
    const visitId = await desk.issue('D-001', 'ktp')
    const slip = { visitId, entryNo: 1, label: 'D-001', serviceId: 'ktp' }
    const first = await one.claim(slip)

    expect(first).toMatchObject({ kind: 'granted', grant: { grant: { n: 1 } } })
    const letGo = { incarnation: 1, n: 1 }
    expect(await one.claim(slip, { letGo })).toMatchObject({ kind: 'granted', grant: { grant: { n: 2 } } })
    expect(await one.claim(slip, { letGo })).toMatchObject({ kind: 'granted', grant: { grant: { n: 2 } } })
  })

  test('under the grant that is still on its way there, so that what is served under it counts', async () => {
    const { mall, one, grant } = await held()

    expect(await one.claim(grant)).toEqual({ kind: 'granted', grant })
    one.recordPresented(grant, grant.grant)
    expect((await one.push()).findings).toEqual([])
    expect(await mall.entries()).toMatchObject([{ status: 'called', winner_device_id: one.id }])
  })

  test('with the journey that the visit is on, which no slip names', async () => {
    const { mall, desk } = await atDesk()
    const police = await mall.counter('polres-1')
    const visitId = await desk.issue('P-001', 'hilang', { journeyId: 'ktp-hilang' })
    const slip = { visitId, entryNo: 1, label: 'P-001', serviceId: 'hilang' }

    expect(await police.claim(slip)).toMatchObject({ kind: 'granted', grant: { journeyId: 'ktp-hilang' } })
  })

  test('what the desk did before under the old one does not end the new one when it comes', async () => {
    const { mall, one, two, grant } = await held()
    const { visitId, entryNo } = grant
    one.recordCall(grant)
    await one.push()
    one.record({ type: 'entry.call_undone', data: { visitId, entryNo } })
    await one.push()
    one.recordReleased(grant)
    const { grant: newer } = (await one.claim(grant, { letGo: grant.grant })) as { grant: Grant }
    await one.push()

    expect(await mall.entries()).toMatchObject([{ status: 'waiting', device_id: one.id, grant_n: newer.grant.n }])
    expect(await two.grants()).toEqual([])
  })

  test('what the desk did under the old one does not even when the server hears of it for the first time', async () => {
    const { mall, one, grant } = await held()
    const { visitId } = grant
    const reply = await one.claim(grant, { letGo: grant.grant })
    const given = reply.grant as Parameters<typeof one.recordPresented>[0]
    one.recordCall(grant)
    one.record({ type: 'entry.call_undone', data: { visitId, entryNo: 1 } })
    one.recordReleased(grant)
    await one.push()
    expect(await mall.entries()).toMatchObject([{ device_id: one.id, grant_n: given.grant.n, status: 'waiting' }])
    one.recordPresented(given, given.grant)

    expect((await one.push()).findings).toEqual([])
    expect(await mall.entries()).toMatchObject([{ device_id: one.id, grant_n: given.grant.n, status: 'called' }])
  })

  test('when its holder gives it back in time', async () => {
    const { one, two, grant } = await held(HOLDERS_ANSWER)
    const reader = await one.changes()
    const claimed = two.claim(grant)
    let change = await reader.next()
    while (change.kind !== 'recalled') change = await reader.next()
    await one.answer(change, 'released')

    expect(await claimed).toMatchObject({ kind: 'granted', grant: { grant: { n: grant.grant.n + 1 } } })
    await reader.close()
  })

  test('and then presented there without a remark', async () => {
    const { desk, one } = await atDesk()
    const visitId = await desk.issue('D-001', 'ktp')
    const reply = await one.claim({ visitId, entryNo: 1, label: 'D-001', serviceId: 'ktp' })
    const grant = reply.grant as Parameters<typeof one.recordPresented>[0]
    one.recordPresented(grant, grant.grant)

    expect((await one.push()).findings).toEqual([])
  })
})

describe('a slip is not granted', () => {
  test('while its holder is silent, and the desk that goes ahead hears of the journey', async () => {
    const { desk, one, two } = await atDesk()
    await one.open()
    await desk.issue('D-001', 'ktp', { journeyId: 'ktp-hilang' })
    const [grant] = await one.grants()
    if (!grant) throw new Error('nothing was dealt')

    const silent = { kind: 'holder_silent', counterId: 'dukcapil-1', journeyId: 'ktp-hilang' }
    expect(await two.claim(grant)).toEqual(silent)
  })

  test('when the server has not heard of it: somebody who is cut off may be serving it', async () => {
    const { mall, one } = await atDesk()

    expect(await one.claim(unknown())).toEqual({ kind: 'holder_silent', counterId: null })
    expect(await mall.entries()).toEqual([])
  })

  test('while its holder is silent; a late answer still brings it to where the visitor is', async () => {
    const { mall, one, two, grant } = await held()

    expect(await two.claim(grant)).toEqual({ kind: 'holder_silent', counterId: 'dukcapil-1' })
    await one.answer(grant, 'released')
    expect(await mall.entries()).toMatchObject([{ device_id: two.id }])
  })

  test('for ever because it was called once: back in the hand it is asked for again', async () => {
    const { one, two, grant } = await held(1_500)
    const reader = await one.changes()
    const claimed = two.claim(grant)
    let change = await reader.next()
    while (change.kind !== 'recalled') change = await reader.next()
    await one.answer(change, 'in_service')
    await claimed
    await reader.close()
    one.recordCall(grant)
    one.record({ type: 'entry.call_undone', data: { visitId: grant.visitId, entryNo: 1 } })
    await one.push()

    expect(await two.claim(grant)).toEqual({ kind: 'holder_silent', counterId: 'dukcapil-1' })
  })

  test('when it is called or served elsewhere, as far as the server or its holder knows', async () => {
    const { one, two, grant } = await held(HOLDERS_ANSWER)
    const busy = { kind: 'in_service', counterId: 'dukcapil-1' }
    const reader = await one.changes()
    const claimed = two.claim(grant)
    let change = await reader.next()
    while (change.kind !== 'recalled') change = await reader.next()
    await one.answer(change, 'in_service')
    expect(await claimed).toEqual(busy)
    await reader.close()

    one.recordCall(grant)
    await one.push()
    expect(await two.claim(grant)).toEqual(busy)
    one.record({ type: 'entry.no_show', data: { visitId: grant.visitId, entryNo: 1, calls: 1 } })
    await one.push()
    expect(await two.claim(grant)).toEqual(busy)
  })

  test('when the entry is over, or the visit has gone on', async () => {
    const { one, two, grant } = await held()
    one.recordCall(grant)
    one.recordForward(grant, 'hilang')
    await one.push()
    expect(await two.claim(grant)).toEqual({ kind: 'finished' })

    const slip = unknown()
    two.recordPresented({ ...grant, ...slip, entryNo: 2 })
    await two.push()
    expect(await two.claim(slip)).toEqual({ kind: 'finished' })
  })

  test('of another date, of a service of other counters, or of a service the mall does not have', async () => {
    const { mall, desk, one, two } = await atDesk()
    expect(await one.claim(unknown(), { date: '2026-11-15' })).toMatchObject({ code: 'BAD_REQUEST' })
    expect(await one.claim({ ...unknown(), serviceId: 'entah' })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await two.claim({ ...unknown(), serviceId: 'kk' })).toMatchObject({ code: 'FORBIDDEN' })
    const visitId = await desk.issue('K-01', 'kk')
    expect(await two.claim({ ...unknown(), visitId })).toMatchObject({ code: 'FORBIDDEN' })
    expect(await mall.entries()).toHaveLength(1)
  })

  test('while a device that may hold it has not spoken since the server was restored', async () => {
    const { mall, desk, one } = await atDesk()
    const visitId = await desk.issue('D-001', 'ktp')
    await mall.db.updateTable('entry').set({ born_incarnation: 0 }).execute()
    await mall.db.insertInto('barrier').values({ device_id: desk.id, mall_id: 'mal-uji', incarnation: 1 }).execute()

    expect(await one.claim({ visitId, entryNo: 1, label: 'D-001', serviceId: 'ktp' })).toEqual({
      kind: 'holder_silent',
      counterId: null,
    })
  })
})

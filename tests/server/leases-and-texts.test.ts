import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { personalTextHash } from '#domain/personal-text.ts'
import { forgetPersonalTexts } from '#server/queue/personal-texts.ts'
import { verifyMall } from '#server/verify/verify-mall.ts'
import { TEST_CONFIG } from '#tests/server/support/test-config.ts'
import { TestMall, TODAY } from '#tests/server/support/test-mall.ts'
import { sha256 } from '#tests/support/sha256.ts'

describe('number leases', () => {
  const ask = (serviceId: string, requestId: string = randomUUID(), businessDate = TODAY) => ({
    requestId,
    serviceId,
    businessDate,
  })

  test('are blocks of twenty that never overlap, whichever desk asks', async () => {
    const mall = await TestMall.start()
    const one = await mall.frontDesk('penerima-1')
    const two = await mall.frontDesk('penerima-2')
    const answers = await Promise.all([one, two, one].map((desk) => desk.call('/v1/number-leases', ask('ktp'))))

    const blocks = answers.map(({ body }) => [body.from, body.to]).toSorted((a, b) => Number(a[0]) - Number(b[0]))
    expect(blocks).toEqual([
      [1, 20],
      [21, 40],
      [41, 60],
    ])
  })

  test('restart with every date and count apart for every prefix', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.call('/v1/number-leases', ask('ktp'))

    expect((await desk.call('/v1/number-leases', ask('hilang'))).body).toMatchObject({ from: 1, to: 20 })
    expect((await desk.call('/v1/number-leases', ask('ktp', randomUUID(), '2026-11-17'))).body).toMatchObject({
      from: 1,
    })
  })

  test('the same request gets the same block, and cannot ask for something else', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const other = await mall.frontDesk('penerima-2')
    const request = ask('ktp')
    const first = await desk.call('/v1/number-leases', request)

    expect(await desk.call('/v1/number-leases', request)).toEqual(first)
    const refused = { status: 400, body: { code: 'BAD_REQUEST' } }
    expect(await desk.call('/v1/number-leases', { ...request, serviceId: 'kk' })).toMatchObject(refused)
    expect(await other.call('/v1/number-leases', request)).toMatchObject(refused)
  })

  test('end with the last number that fits the padding', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const blocks = []
    for (let n = 0; n < 5; n += 1) blocks.push((await desk.call('/v1/number-leases', ask('kk'))).body.to)

    expect(blocks).toEqual([20, 40, 60, 80, 99])
    expect(await desk.call('/v1/number-leases', ask('kk'))).toMatchObject({
      status: 409,
      body: { code: 'NUMBERS_EXHAUSTED' },
    })
  })

  test('are only for services of the mall and real dates', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const refused = { status: 400, body: { code: 'BAD_REQUEST' } }

    expect(await desk.call('/v1/number-leases', ask('entah'))).toMatchObject(refused)
    expect(await desk.call('/v1/number-leases', ask('ktp', randomUUID(), '2026-02-30'))).toMatchObject(refused)
  })
})

describe('what one step hands to the next', () => {
  const salt = 'abcdefghijklmnopqrstuv'
  const value = 'B/123/XI/2026'

  async function forwarded() {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const police = await mall.counter('polres-1')
    const dukcapil = await mall.counter('dukcapil-1')
    await police.open()
    await dukcapil.open()
    await desk.issue('P-001', 'hilang')
    const [grant] = await police.grants()
    if (!grant) throw new Error('nothing was granted')
    police.recordCall(grant)
    police.recordForward(grant, 'ktp', { key: 'nomor-surat', valueHash: personalTextHash(sha256, salt, value) })
    await police.push()
    const text = { visitId: grant.visitId, entryNo: 1, key: 'nomor-surat', salt, value }
    return { mall, desk, police, dukcapil, text, path: `/v1/visits/${grant.visitId}/prerequisites` }
  }

  test('is read by the device that was granted the next entry', async () => {
    const { police, dukcapil, text, path } = await forwarded()
    expect(await dukcapil.call(path)).toEqual({ status: 200, body: { texts: [] } })

    expect((await police.call('/v1/personal-texts', { texts: [text] })).body).toEqual({ stored: 1 })

    expect(await dukcapil.call(path)).toEqual({ status: 200, body: { texts: [text] } })
  })

  test('is gone when the days of notes are over; the hash stays, and the server verifies', async () => {
    const { mall, police, text } = await forwarded()
    await police.call('/v1/personal-texts', { texts: [text] })
    const context = {
      ...{ mallId: 'mal-uji', now: () => mall.now },
      mall: { config: TEST_CONFIG, timeZone: TEST_CONFIG.mall.timeZone } as never,
    }
    mall.now += 30 * 86_400_000
    expect(await forgetPersonalTexts(mall.db, context)).toBe(0)
    mall.now += 86_400_000
    expect(await forgetPersonalTexts(mall.db, context)).toBe(1)
    expect(await forgetPersonalTexts(mall.db, context)).toBe(0)
    const rows = () => mall.db.selectFrom('personal_text').select(['salt', 'value', 'value_hash']).execute()
    const empty = { salt: null, value: null, value_hash: personalTextHash(sha256, salt, value) }
    expect(await rows()).toEqual([empty])
    // A desk that comes back only now is rid of it, too.
    expect((await police.call('/v1/personal-texts', { texts: [text] })).body).toEqual({ stored: 1 })
    expect(await rows()).toEqual([empty])
    expect((await verifyMall(mall.db, 'mal-uji', null)).faults).toEqual([])
  })

  test('is the text of the last forward, when an earlier one was taken back', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const police = await mall.counter('polres-1')
    await police.open()
    await desk.issue('P-001', 'hilang')
    const [grant] = await police.grants()
    if (!grant) throw new Error('nothing was granted')
    const again = 'zyxwvutsrqponmlkjihgfe'
    police.recordCall(grant)
    police.recordForward(grant, 'ktp', { key: 'nomor-surat', valueHash: personalTextHash(sha256, salt, value) })
    police.record({ type: 'entry.give_away_undone', data: { visitId: grant.visitId, entryNo: 1, toEntryNo: 2 } })
    police.recordForward(grant, 'ktp', { key: 'nomor-surat', valueHash: personalTextHash(sha256, again, value) })
    await police.push()
    const text = { visitId: grant.visitId, entryNo: 1, key: 'nomor-surat', salt, value }

    expect(await police.call('/v1/personal-texts', { texts: [text] })).toMatchObject({ status: 400 })
    expect(await police.call('/v1/personal-texts', { texts: [{ ...text, salt: again }] })).toMatchObject({
      status: 200,
    })
  })

  test('is announced to the next entry’s counters when it arrives', async () => {
    const { police, dukcapil, text } = await forwarded()
    const reader = await dukcapil.changes()
    await reader.untilCaughtUp()
    await police.call('/v1/personal-texts', { texts: [text] })

    expect(await reader.next()).toEqual({ kind: 'handed_over', visitId: text.visitId })
    await reader.close()
  })

  test('may be sent again', async () => {
    const { police, text } = await forwarded()
    await police.call('/v1/personal-texts', { texts: [text] })

    expect((await police.call('/v1/personal-texts', { texts: [text] })).body).toEqual({ stored: 1 })
  })

  test('is refused whole when one value does not match the hash in its event', async () => {
    const { mall, police, text } = await forwarded()
    const texts = [text, { ...text, value: 'B/999' }]

    expect(await police.call('/v1/personal-texts', { texts })).toMatchObject({
      status: 400,
      body: { code: 'BAD_REQUEST' },
    })
    expect(await mall.db.selectFrom('personal_text').select('value').execute()).toEqual([{ value: null }])
  })

  test('is refused without its event, and from a device that did not record it', async () => {
    const { police, dukcapil, text } = await forwarded()
    const unknown = { status: 404, body: { code: 'NOT_FOUND' } }

    expect(await police.call('/v1/personal-texts', { texts: [{ ...text, key: 'lain' }] })).toMatchObject(unknown)
    expect(await dukcapil.call('/v1/personal-texts', { texts: [text] })).toMatchObject(unknown)
  })

  test('is not for counters that hold no open entry of the visit', async () => {
    const { mall, police, dukcapil, text, path } = await forwarded()
    await police.call('/v1/personal-texts', { texts: [text] })
    const other = await mall.counter('dukcapil-2')
    const forbidden = { status: 403, body: { code: 'FORBIDDEN' } }

    expect(await police.call(path)).toMatchObject(forbidden)
    expect(await other.call(path)).toMatchObject(forbidden)

    const [grant] = await dukcapil.grants()
    if (!grant) throw new Error('nothing was granted')
    dukcapil.recordCall(grant)
    dukcapil.recordServing(grant)
    dukcapil.recordDone(grant)
    await dukcapil.push()
    expect(await dukcapil.call(path)).toMatchObject(forbidden)
  })

  test('of a forward under a void grant is kept but not shown to anybody', async () => {
    const { mall, dukcapil, path } = await forwarded()
    const intruder = await mall.counter('polres-1')
    const visitId = path.split('/')[3] ?? ''
    intruder.recordForward({ visitId, entryNo: 1 }, 'ktp', {
      key: 'palsu',
      valueHash: personalTextHash(sha256, salt, 'X'),
    })
    expect((await intruder.push()).findings).toMatchObject([{ code: 'VOID_GRANT' }])
    const text = { visitId, entryNo: 1, key: 'palsu', salt, value: 'X' }

    expect((await intruder.call('/v1/personal-texts', { texts: [text] })).body).toEqual({ stored: 1 })
    expect((await dukcapil.call(path)).body).toEqual({ texts: [] })
  })
})

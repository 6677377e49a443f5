import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { GENESIS, linkHash } from '#domain/chain.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall, TODAY } from '#tests/server/support/test-mall.ts'
import { sha256 } from '#tests/support/sha256.ts'

describe('the chain', () => {
  test('a pushed piece is acknowledged with the head of the stored chain', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    desk.recordIssue('D-001', 'ktp')
    desk.recordIssue('D-002', 'ktp')

    const reply = await desk.push()

    expect(reply).toEqual({
      ackedSeq: 2,
      headHash: desk.chain[1]?.hash,
      serverTime: MORNING,
      findings: [],
      signature: expect.stringMatching(/^[A-Za-z0-9_-]{86}$/),
    })
  })

  test('the same piece again is a success and changes nothing', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    desk.recordIssue('D-001', 'ktp')
    const first = await desk.call('/v1/events', desk.piece(1))

    const again = await desk.call('/v1/events', desk.piece(1))

    expect(again).toEqual(first)
    expect(await mall.db.selectFrom('entry').select('label').execute()).toHaveLength(1)
  })

  test('a piece that overlaps what is stored adds only its new events', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('D-001', 'ktp')
    desk.recordIssue('D-002', 'ktp')

    const { body } = await desk.call('/v1/events', desk.piece(1))

    expect(body).toMatchObject({ ackedSeq: 2, findings: [] })
  })

  test('a finding is told again when its event is sent again', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('D-001', 'ktp')
    desk.recordIssue('D-001', 'ktp')
    await desk.push()

    const { body } = await desk.call('/v1/events', desk.piece(2))

    expect(body).toMatchObject({ findings: [{ seq: 2, code: 'LABEL_TAKEN' }] })
  })

  test('a missing event between is a gap that names the expected seq', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    for (const label of ['D-001', 'D-002', 'D-003']) desk.recordIssue(label, 'ktp')
    await desk.call('/v1/events', desk.piece(1, 1))

    const answer = await desk.call('/v1/events', desk.piece(3))

    expect(answer).toEqual({ status: 409, body: { code: 'CHAIN_GAP', message: 'expected seq 2, got 3' } })
  })

  test('another event under a stored seq is a fork and nothing is stored', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('D-001', 'ktp')
    desk.chain.pop()
    desk.recordIssue('D-009', 'ktp')

    const answer = await desk.call('/v1/events', desk.piece(1))

    expect(answer).toMatchObject({ status: 409, body: { code: 'CHAIN_FORK' } })
    expect(await mall.eventsOf(desk)).toHaveLength(1)
  })

  test('a piece whose past is not the stored past is a fork', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('D-001', 'ktp')
    desk.chain.pop()
    desk.recordIssue('D-008', 'ktp')
    desk.recordIssue('D-009', 'ktp')

    const answer = await desk.call('/v1/events', desk.piece(2))

    expect(answer).toMatchObject({ status: 409, body: { code: 'CHAIN_FORK' } })
  })

  test('a first event that does not follow the genesis hash is a fork', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const prevHash = 'f'.repeat(64)
    const event = { seq: 1, hash: linkHash(sha256, prevHash, '{}'), body: '{}' }
    const piece = { generation: 1, fromSeq: 1, prevHash, events: [event] }

    expect(await desk.call('/v1/events', piece)).toMatchObject({ status: 409, body: { code: 'CHAIN_FORK' } })
  })

  test('another generation than the enrolled one is a fork', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    desk.recordIssue('D-001', 'ktp')

    const answer = await desk.call('/v1/events', { ...desk.piece(1), generation: 2 })

    expect(answer).toMatchObject({ status: 409, body: { code: 'CHAIN_FORK' } })
  })

  test.each([
    ['a changed body', (events: Piece['events']) => events.map((event) => ({ ...event, body: `${event.body} ` }))],
    ['a changed hash', (events: Piece['events']) => events.map((event) => ({ ...event, hash: GENESIS }))],
    ['a seq left out', (events: Piece['events']) => events.filter((event) => event.seq !== 2)],
    ['seqs in disorder', (events: Piece['events']) => events.toReversed()],
  ])('%s breaks the chain and nothing is stored', async (_what, change) => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    for (const label of ['D-001', 'D-002', 'D-003']) desk.recordIssue(label, 'ktp')
    const piece = desk.piece(1)

    const answer = await desk.call('/v1/events', { ...piece, events: change(piece.events) })

    expect(answer).toMatchObject({ status: 400, body: { code: 'CHAIN_BROKEN' } })
    expect(await mall.eventsOf(desk)).toEqual([])
  })

  test('the database itself refuses to change or delete an event', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('D-001', 'ktp')

    await expect(mall.db.updateTable('event').set({ body: '{}' }).execute()).rejects.toThrow('never changed')
    await expect(mall.db.deleteFrom('event').execute()).rejects.toThrow('never changed')
  })

  test('long pieces of several devices at once are answered to those who sent them, whatever one of them holds', async () => {
    const mall = await TestMall.start()
    const desks = [await mall.frontDesk(), await mall.counter('polres-1'), await mall.counter('dukcapil-1')]
    // A fact of a later version as far as its envelope goes, and nested as deep as a body is long.
    const strange = (desk: TestDevice) =>
      `{"at":1,"counterId":null,"data":{"by":${'['.repeat(8_000)}${']'.repeat(8_000)}},"device":"${desk.id}","epoch":null,` +
      `"generation":1,"offset":0,"officerId":null,"seq":${desk.chain.length + 1},"type":"visit.applauded","v":1}`
    for (let round = 0; round < 20; round += 1) {
      for (const desk of desks) for (let n = 0; n < 3; n += 1) desk.recordText(strange(desk))
      const replies = await Promise.all(desks.map((desk) => desk.push()))
      for (const [index, { ackedSeq, headHash }] of replies.entries()) {
        expect({ ackedSeq, headHash }).toEqual({
          ackedSeq: (round + 1) * 3,
          headHash: desks[index]?.chain.at(-1)?.hash,
        })
      }
    }
  })

  test('500 events of the largest size fit into one push', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const largest = JSON.stringify({ quotes: '"'.repeat(8_180) })
    for (let seq = 1; seq <= 500; seq += 1) desk.recordText(largest.padEnd(16_384, ' '))

    const reply = await desk.push()

    expect(reply.ackedSeq).toBe(500)
    expect(reply.findings).toHaveLength(500)
  })
})

type Piece = ReturnType<Awaited<ReturnType<TestMall['counter']>>['piece']>

describe('events that may not act are stored, flagged and not applied', () => {
  const issued = (over = {}) => ({
    type: 'visit.issued' as const,
    data: {
      visitId: randomUUID(),
      label: 'D-001',
      businessDate: TODAY,
      serviceId: 'ktp',
      priority: null,
      journeyId: null,
      ...over,
    },
  })

  test('text that is not an event of this protocol', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const deep = '['.repeat(8_000) + ']'.repeat(8_000)
    for (const text of ['', 'null', '[]', '{"v":2}', 'not json', '{"v":1,"v":1}', '{"a":1.5}', deep]) {
      desk.recordText(text)
    }

    const { findings, ackedSeq } = await desk.push()

    expect(ackedSeq).toBe(8)
    expect(new Set(findings.map((finding) => finding.code))).toEqual(new Set(['UNDECODABLE']))
    expect((await mall.eventsOf(desk))[4]).toMatchObject({ body: 'not json', type: null })
  })

  test('an event with a minus zero, which is an integer to some and not to others', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const { body } = desk.record(issued())
    desk.chain.pop()
    desk.recordText(body.replace('"offset":0', '"offset":-0'))
    expect((await desk.push()).findings).toEqual([{ seq: 1, code: 'UNDECODABLE' }])
  })

  test('a completion whose payment reference is not written as references are', async () => {
    const mall = await TestMall.start()
    const counter = await mall.counter('dukcapil-1')
    const ref = { visitId: randomUUID(), entryNo: 1 }
    for (const paymentReference of ['0a1b2c', '12345', 'N'.repeat(31), 'NTPN 1234', '']) {
      counter.recordDone(ref, 1, { paymentReference })
    }
    counter.recordDone(ref, 1, { paymentReference: '0A1B2C' })

    const { findings } = await counter.push()

    expect(findings.map(({ code }) => code)).toEqual([...Array(5).fill('UNDECODABLE'), 'UNKNOWN_VISIT'])
  })

  test('a true event written in another form than the canonical one', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const { body } = desk.record(issued())
    desk.chain.pop()
    desk.recordText(body.replace('{', '{ '))

    expect((await desk.push()).findings).toEqual([{ seq: 1, code: 'UNDECODABLE' }])
  })

  test.each([
    ['another device', { device: randomUUID() }],
    ['another generation', { generation: 2 }],
    ['another seq', { seq: 7 }],
  ])('the event of %s', async (_what, over) => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()

    expect(await desk.act(issued(), over)).toBe('NOT_YOURS')
    expect(await mall.db.selectFrom('visit').selectAll().execute()).toEqual([])
  })

  test('a visit issued by a counter', async () => {
    const mall = await TestMall.start()
    const counter = await mall.counter('dukcapil-1')

    expect(await counter.act(issued())).toBe('NOT_YOURS')
  })

  test('an act in the name of another counter', async () => {
    const mall = await TestMall.start()
    const counter = await mall.counter('dukcapil-1')
    const fact = { type: 'entry.serving' as const, data: { visitId: randomUUID(), entryNo: 1 } }

    expect(await counter.act(fact, { counterId: 'polres-1' })).toBe('NOT_YOURS')
    expect(await counter.act({ type: 'counter.closed', data: { counterId: 'polres-1', epoch: 1 } })).toBe('NOT_YOURS')
  })

  test('an act on a visit that nobody issued', async () => {
    const mall = await TestMall.start()
    const counter = await mall.counter('dukcapil-1')

    expect(await counter.act({ type: 'entry.serving', data: { visitId: randomUUID(), entryNo: 1 } })).toBe(
      'UNKNOWN_VISIT',
    )
  })

  test('a number that another visit of that date already has; tomorrow it is free again', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    await desk.issue('D-001', 'ktp')

    expect(await desk.act(issued())).toBe('LABEL_TAKEN')
    expect(await desk.act(issued({ businessDate: '2026-11-17' }))).toBeNull()
  })

  test('a visit that is already there', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const visitId = await desk.issue('D-001', 'ktp')

    expect(await desk.act(issued({ visitId, label: 'D-002' }))).toBe('STATUS_CONFLICT')
  })

  test('a visit to a service that the mall does not have', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()

    expect(await desk.act(issued({ serviceId: 'entah' }))).toBe('UNKNOWN_SERVICE')
  })
})

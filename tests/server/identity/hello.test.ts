import { describe, expect, test } from 'vitest'
import { TestConnection } from '#tests/server/support/test-connection.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

const IN_DOUBT = { status: 409, body: { code: 'DEVICE_IN_DOUBT' } }
const DAY_MS = 24 * 3_600_000

/** A counter that has said hello, opened and been heard of. */
async function settled() {
  const mall = await TestMall.start()
  const counter = await mall.counter('dukcapil-1')
  const connection = new TestConnection(counter)
  await connection.greet()
  await counter.open()
  await connection.heartbeat()
  await connection.greet()
  return { mall, counter, connection }
}

describe('hello', () => {
  test('tells what the server has of the chain, whose session it is and what time it is', async () => {
    const { mall, counter, connection } = await settled()
    mall.now += 90_000

    const reply = await connection.greet()

    const last = counter.chain.at(-1)
    expect(reply).toMatchObject({
      incarnation: 1,
      generation: 1,
      ackedSeq: last?.seq,
      headHash: last?.hash,
      assertNeeded: false,
      session: { epoch: 1, mine: true, open: true },
      serverTime: MORNING + 90_000,
    })
  })

  test('says that the counter works elsewhere now', async () => {
    const { mall, connection } = await settled()
    const other = await mall.counter('dukcapil-1')
    await other.open()

    expect((await connection.greet()).session).toEqual({ epoch: 2, mine: false, open: true })
  })

  test('of a front desk has no session', async () => {
    const mall = await TestMall.start()
    expect((await new TestConnection(await mall.frontDesk()).greet()).session).toBeNull()
  })

  test('of another version of the protocol is refused and changes nothing', async () => {
    const { mall, connection } = await settled()
    const before = await mall.db.selectFrom('device').selectAll().execute()

    expect(await connection.hello({ protocol: 2 })).toMatchObject({
      status: 426,
      body: { code: 'PROTOCOL_UNSUPPORTED' },
    })
    expect(await mall.db.selectFrom('device').selectAll().execute()).toEqual(before)
  })

  test('gives a fresh nonce each time and keeps only hashes', async () => {
    const { mall, connection } = await settled()
    const { nonce: first } = await connection.greet()
    const { nonce: second } = await connection.greet()

    expect(first).not.toBe(second)
    expect(JSON.stringify(await mall.db.selectFrom('device').selectAll().execute())).not.toContain(second)
  })

  test('goes on whatever answers are lost', async () => {
    const { connection } = await settled()

    for (let lost = 0; lost < 3; lost += 1) expect((await connection.hello()).status).toBe(200)
    await connection.greet()
    expect((await connection.hello()).status).toBe(200)
    await connection.greet()
  })

  test('that was overtaken by a later one is told so, and casts no doubt on the device', async () => {
    const { mall, connection } = await settled()
    const given = new TestConnection(connection.device, connection)
    const askedAt = mall.now
    mall.now += 1_000
    await connection.greet()
    await connection.greet()

    expect(await given.hello({ askedAt })).toMatchObject({ status: 409, body: { code: 'HELLO_NEEDED' } })
    await connection.greet()
  })

  test('is not taken for overtaken because the clock of the server was put back, and soon is again when it is', async () => {
    const { mall, connection } = await settled()
    mall.now += DAY_MS
    await connection.greet()
    mall.now -= DAY_MS
    const given = new TestConnection(connection.device, connection)
    const askedAt = mall.now

    expect((await connection.greet({ askedAt })).serverTime).toBe(MORNING)
    mall.now += 1_000
    await connection.greet()
    expect(await given.hello({ askedAt })).toMatchObject({ status: 409, body: { code: 'HELLO_NEEDED' } })
  })

  test('answered and lost at the very first time may be said again without a nonce', async () => {
    const mall = await TestMall.start()
    const connection = new TestConnection(await mall.counter('dukcapil-1'))

    expect((await connection.hello()).status).toBe(200)
    await connection.greet()
    await connection.greet()
  })
})

describe('a clock that is a day off', () => {
  test('is told the right time, and what it dates ahead is dated when it came', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    desk.offset = null
    const { serverTime } = await new TestConnection(desk).greet()
    const at = serverTime + DAY_MS
    const visitId = desk.recordIssue('D-001', 'ktp')
    desk.chain.pop()
    desk.record(
      {
        type: 'visit.issued',
        data: {
          visitId,
          label: 'D-001',
          businessDate: '2026-11-16',
          serviceId: 'ktp',
          priority: null,
          journeyId: null,
        },
      },
      { at },
    )
    await desk.push()

    expect(await mall.entries()).toMatchObject([{ issued_at: MORNING, waiting_since: MORNING }])
  })
})

describe('a device is in doubt', () => {
  test('when an old copy of its store says hello', async () => {
    const { counter, connection } = await settled()
    const copy = new TestConnection(counter, connection)
    await connection.greet()
    await connection.greet()

    expect(await copy.hello()).toMatchObject(IN_DOUBT)
  })

  test('when a stolen token says hello with an unknown nonce: nothing is lost, and nobody gets anything more', async () => {
    const { mall, counter, connection } = await settled()
    const desk = await mall.frontDesk()
    await desk.issue('D-001', 'ktp')
    const held = await mall.entries()

    expect(await connection.hello({ nonce: 'stolen', headSeq: 0 })).toMatchObject(IN_DOUBT)

    expect(await connection.hello()).toMatchObject(IN_DOUBT)
    expect(await counter.call('/v1/events', counter.piece(1))).toMatchObject(IN_DOUBT)
    expect(await counter.call('/v1/config')).toMatchObject(IN_DOUBT)
    expect(await connection.heartbeat()).toMatchObject(IN_DOUBT)
    expect(await mall.entries()).toEqual(held)
    expect(await mall.eventsOf(counter)).toHaveLength(counter.chain.length)
    await desk.issue('K-01', 'kk')
    expect((await mall.entries()).at(-1)).toMatchObject({ label: 'K-01', device_id: null })
  })

  test('when it doubts itself and has no nonce', async () => {
    const { connection } = await settled()
    expect(await connection.hello({ nonce: null })).toMatchObject(IN_DOUBT)
  })

  test.each([
    ['another generation', { generation: 2 }],
    ['fewer events than the server has', { headSeq: 0 }],
  ])('when it comes with %s', async (_what, over) => {
    const { connection } = await settled()
    expect(await connection.hello(over)).toMatchObject(IN_DOUBT)
  })

  test('and its open stream ends', async () => {
    const { counter, connection } = await settled()
    const stream = await counter.changes()
    await stream.untilCaughtUp()

    await connection.hello({ nonce: 'stolen' })

    await stream.ended
  })
})

describe('a heartbeat', () => {
  test('is kept, with the session it is about', async () => {
    const { mall, counter, connection } = await settled()
    mall.now += 5_000

    expect(await connection.heartbeat()).toEqual({ status: 200, body: { serverTime: mall.now } })

    const row = await mall.db.selectFrom('device').selectAll().where('id', '=', counter.id).executeTakeFirst()
    expect(row).toMatchObject({ heartbeat_at: mall.now, heartbeat_epoch: 1, heartbeat_incarnation: 1 })
  })

  test('is written at most every two seconds', async () => {
    const { mall, counter, connection } = await settled()
    mall.now += 1_999
    await connection.heartbeat()

    const row = await mall.db.selectFrom('device').selectAll().where('id', '=', counter.id).executeTakeFirst()
    expect(row).toMatchObject({ heartbeat_at: MORNING })
  })

  test('of another incarnation is told to say hello', async () => {
    const { counter } = await settled()
    const answer = await counter.call('/v1/heartbeats', { incarnation: 2, epoch: null })
    expect(answer).toMatchObject({ status: 409, body: { code: 'HELLO_NEEDED' } })
  })
})

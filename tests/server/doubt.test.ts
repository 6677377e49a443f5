/** Devices that are not trusted, devices that do not know of a restore, and facts of a later version. */
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire/hands.ts'
import { type CanonicalValue, canonicalJson } from '#domain/canonical-json.ts'
import { claimSlip } from '#server/custody/claim-slip.ts'
import { freeEntry } from '#server/custody/free-entry.ts'
import { takeRecallAnswer } from '#server/custody/recall.ts'
import { assertCustody } from '#server/identity/assert-custody.ts'
import { pushEvents } from '#server/push/push-events.ts'
import { readPush } from '#server/push/reading/read-push.ts'
import { changeMall } from '#server/queue/change-mall.ts'
import { dealWaiting } from '#server/queue/deal-waiting.ts'
import { improveHand } from '#server/queue/improve-hand.ts'
import { allotEpoch } from '#server/queue/sessions.ts'
import type { DeviceRow } from '#server/store/schema.ts'
import { asAuthenticated, contextOfMall } from '#tests/server/support/mall-context.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'

const deviceRow = (mall: TestMall, { id }: TestDevice) =>
  mall.db.selectFrom('device').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

/** A body as a later version of the workstation would write it. */
function laterBody(device: TestDevice, over: object = {}): string {
  const body = {
    v: 1,
    device: device.id,
    generation: 1,
    seq: device.chain.length + 1,
    at: MORNING,
    offset: 0,
    counterId: device.counterId,
    epoch: null,
    officerId: null,
    type: 'visit.thanked',
    data: { visitId: 'x', stars: 5 },
    ...over,
  }
  return canonicalJson(body as CanonicalValue)
}

describe('a forked chain', () => {
  async function forked() {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('polres-1')
    await counter.open()
    counter.chain.pop()
    counter.recordSession('closed')
    const answer = await counter.call('/v1/events', counter.piece(1))
    return { mall, desk, counter, answer }
  }

  test('puts the device in doubt, although the push itself fails', async () => {
    const { mall, counter, answer } = await forked()
    expect(answer).toMatchObject({ status: 409, body: { code: 'CHAIN_FORK' } })
    expect(await deviceRow(mall, counter)).toMatchObject({ doubt_at: MORNING, doubt_reason: 'CHAIN_FORK' })
  })

  test('ends everything but what is shown at the desk itself', async () => {
    const { mall, desk, counter } = await forked()
    const refused = { status: 409, body: { code: 'DEVICE_IN_DOUBT' } }
    await desk.issue('P-001', 'hilang')

    expect(await mall.entries()).toMatchObject([{ device_id: null }])
    expect(await counter.call('/v1/events', counter.piece(1))).toMatchObject(refused)
    expect(await counter.call('/v1/counters/open', undefined, 'POST')).toMatchObject(refused)
    expect(await counter.call('/v1/hands/improve', { epoch: 1 })).toMatchObject(refused)
    const ref = { visitId: counter.id, entryNo: 1 }
    const answer = { ...ref, grant: { incarnation: 1, n: 1 }, answer: 'released' }
    expect(await counter.call('/v1/recalls/answers', answer)).toMatchObject(refused)
  })
})

test('the rest of the chain from before a supervisor settled a doubt is taken, and its fork is no new doubt', async () => {
  const mall = await TestMall.start()
  const counter = await mall.counter('polres-1')
  await counter.open()
  counter.recordSession('closed')
  await mall.db.updateTable('device').set({ generation: 2 }).where('id', '=', counter.id).execute()

  expect((await counter.push()).ackedSeq).toBe(2)
  counter.chain.pop()
  counter.recordSession('opened')
  expect((await counter.call('/v1/events', counter.piece(2))).body).toMatchObject({ code: 'CHAIN_FORK' })
  expect(await deviceRow(mall, counter)).toMatchObject({ doubt_at: null })
})

test('in its new chain the device may call again what it had called in the old one', async () => {
  const mall = await TestMall.start()
  const [desk, counter] = [await mall.frontDesk(), await mall.counter('polres-1')]
  await counter.open()
  const visitId = await desk.issue('P-001', 'hilang')
  const [grant] = await counter.grants()
  if (!grant) throw new Error('nothing was granted')
  counter.recordCall(grant)
  await counter.push()
  const context = await contextOfMall(mall)
  await changeMall(context, async (trx, touched) => {
    await freeEntry(trx, touched, context, visitId, 1, 'reclaimed')
    await dealWaiting(trx, context, touched)
  })
  const again = (await counter.grants()).at(-1)
  if (!again) throw new Error('nothing was granted again')
  expect(again.grant.n).toBeGreaterThan(grant.grant.n)
  counter.recordCall(again)

  expect((await counter.push()).findings).toEqual([])
  expect(await mall.entries()).toMatchObject([{ status: 'called', grant_n: again.grant.n }])
})

describe('a device that does not know the present incarnation', () => {
  test('is told to say hello, is dealt nothing and asked for nothing', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('polres-1')
    await counter.open()
    await mall.db.updateTable('device').set({ incarnation: 0 }).where('id', '=', counter.id).execute()
    await desk.issue('P-001', 'hilang')

    expect(await mall.entries()).toMatchObject([{ device_id: null }])
    const refused = { status: 409, body: { code: 'HELLO_NEEDED' } }
    expect(await counter.call('/v1/hands/improve', { epoch: 1 })).toMatchObject(refused)
    expect(await counter.call('/v1/events', counter.piece(1))).toMatchObject(refused)
    expect(await counter.call('/v1/changes')).toMatchObject(refused)
  })
})

describe('a device that changed after its request was let in', () => {
  const since = [
    ['was put in doubt', { doubt_at: MORNING, doubt_reason: 'NONCE' }, 'DEVICE_IN_DOUBT'],
    ['was revoked', { revoked_at: MORNING }, 'UNAUTHORISED'],
    ['was left behind by a restore', { incarnation: 0 }, 'HELLO_NEEDED'],
  ] as const

  /** D-001 is in the hand of `one`; `two` is open and could serve it. */
  async function held() {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const [one, two] = [await mall.counter('dukcapil-1'), await mall.counter('dukcapil-2')]
    await one.open()
    await desk.issue('D-001', 'ktp')
    const [grant] = await one.grants()
    if (!grant) throw new Error('nothing was granted')
    await two.open()
    return { mall, one, two, grant, context: await contextOfMall(mall) }
  }

  const change = (mall: TestMall, { id }: TestDevice, to: Partial<DeviceRow>) =>
    mall.db.updateTable('device').set(to).where('id', '=', id).execute()

  const stored = async (mall: TestMall) => ({
    entries: await mall.entries(),
    sessions: await mall.db.selectFrom('counter_session').selectAll().orderBy('counter_id').orderBy('epoch').execute(),
    events: await mall.db
      .selectFrom('event')
      .select(['device_id', 'seq'])
      .orderBy('device_id')
      .orderBy('seq')
      .execute(),
  })

  const slipOf = ({ grant: _grant, order: _order, journeyId: _journeyId, waitingSince: _since, ...slip }: Grant) => slip

  type Held = Awaited<ReturnType<typeof held>>

  const requests: [string, (held: Held) => Promise<unknown>][] = [
    ['a claim', ({ context, one, grant }) => claimSlip(context, asAuthenticated(one), 'dukcapil-1', slipOf(grant))],
    ['a push', ({ context, one }) => pushEvents(context, asAuthenticated(one), readPush(one.piece(2)))],
    ['an opening', ({ context, one }) => allotEpoch(context, asAuthenticated(one), 'dukcapil-1')],
    [
      'an answer to a recall',
      ({ context, one, grant }) => {
        const { visitId, entryNo } = grant
        const answer = { visitId, entryNo, grant: grant.grant, answer: 'released' } as const
        return takeRecallAnswer(context, asAuthenticated(one), answer)
      },
    ],
  ]

  describe.each(since)('and %s', (_what, columns, code) => {
    test.each(requests)('is refused %s', async (_request, send) => {
      const mall = await held()
      mall.one.recordCall(mall.grant)
      const before = await stored(mall.mall)
      await change(mall.mall, mall.one, columns)

      await expect(send(mall)).rejects.toMatchObject({ code })
      expect(await stored(mall.mall)).toEqual(before)
    })

    test('calls nobody next', async () => {
      const { mall, one, context } = await held()
      const before = await stored(mall)
      await change(mall, one, columns)

      const next = improveHand(context, asAuthenticated(one), 'dukcapil-1', 1)
      await expect(next).rejects.toMatchObject({ code: 'COUNTER_NOT_OPEN' })
      expect(await stored(mall)).toEqual(before)
    })

    test('does not get what it still waits for when the holder gives that back', async () => {
      const { mall, one, two, grant } = await held()
      expect(await two.claim(grant)).toMatchObject({ kind: 'holder_silent' })
      await change(mall, two, columns)
      await one.answer(grant, 'released')

      expect(await mall.entries()).toMatchObject([{ device_id: one.id, grant_n: grant.grant.n + 1 }])
    })
  })

  test.each(since.slice(0, 2))('and %s is not believed what it asserts', async (_what, columns, code) => {
    const { mall, one, context } = await held()
    const before = await stored(mall)
    await change(mall, one, { ...columns, incarnation: 0 })

    const asserted = { incarnation: 1, headSeq: 1, session: null, entries: [] }
    await expect(assertCustody(context, asAuthenticated(one), asserted)).rejects.toMatchObject({ code })
    expect(await stored(mall)).toEqual(before)
  })
})

describe('behind the barrier', () => {
  async function restored() {
    const mall = await TestMall.start()
    const [desk, counter] = [await mall.frontDesk(), await mall.counter('polres-1')]
    const silent = await mall.counter('polres-1')
    await mall.db.insertInto('barrier').values({ device_id: silent.id, mall_id: 'mal-uji', incarnation: 1 }).execute()
    // What the desk wrote up to here is older than the restore.
    await mall.db.updateTable('device').set({ adopted_seq: 1 }).where('id', '=', desk.id).execute()
    await desk.issue('P-001', 'hilang')
    await desk.issue('P-002', 'hilang')
    await counter.open()
    return { mall, desk, counter }
  }

  test('what is older than the restore waits, what is new is dealt', async () => {
    const { mall, counter } = await restored()
    expect((await mall.entries()).map(({ label, born_incarnation }) => [label, born_incarnation])).toEqual([
      ['P-001', 0],
      ['P-002', 1],
    ])
    expect((await counter.grants()).map(({ label }) => label)).toEqual(['P-002'])
  })

  test('and is dealt once nobody is', async () => {
    const { mall, desk, counter } = await restored()
    await mall.db.deleteFrom('barrier').execute()
    await desk.issue('P-003', 'hilang')
    expect((await counter.grants()).map(({ label }) => label).toSorted()).toEqual(['P-001', 'P-002', 'P-003'])
  })
})

describe('a fact of a type that this server does not know', () => {
  test('is parked when its envelope is in order, and the chain goes on', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    desk.recordText(laterBody(desk))
    desk.recordText(laterBody(desk, { seq: 9 }))
    desk.recordText(laterBody(desk, { colour: 'red' }))
    desk.recordText(laterBody(desk, { type: 'visit.issued' }))
    desk.recordText(`${laterBody(desk)} `)
    desk.recordIssue('D-001', 'ktp')

    expect((await desk.push()).findings.map(({ code }) => code)).toEqual([
      'UNKNOWN_TYPE',
      'NOT_YOURS',
      'UNDECODABLE',
      'UNDECODABLE',
      'UNDECODABLE',
    ])
    expect((await mall.eventsOf(desk))[0]).toMatchObject({ type: 'visit.thanked' })
    expect(await mall.entries()).toHaveLength(1)
  })

  test('is taken in when a server that knows it starts', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const counter = await mall.counter('polres-1')
    await counter.open()
    desk.recordIssue('P-001', 'hilang')
    const [event] = desk.chain
    if (!event) throw new Error('nothing was recorded')
    // As a server stored it that had never heard of it.
    const place = { device_id: desk.id, generation: 1, seq: 1, mall_id: 'mal-uji' }
    const prev_hash = '0'.repeat(64)
    const { hash, body } = event
    await mall.db
      .insertInto('event')
      .values({ ...place, hash, prev_hash, body, type: 'visit.issued', received_at: MORNING })
      .execute()
    await mall.db
      .insertInto('finding')
      .values({ ...place, code: 'UNKNOWN_TYPE', found_at: MORNING })
      .execute()
    await mall.close()
    const again = await TestMall.start(mall.database ? { database: mall.database } : { dataDir: mall.dataDir })

    expect(await again.entries()).toMatchObject([{ label: 'P-001', device_id: counter.id }])
    expect(await again.db.selectFrom('finding').selectAll().execute()).toEqual([])
  })
})

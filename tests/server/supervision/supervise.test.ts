import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { DecidedBy } from '#domain/server-facts.ts'
import { pushEvents } from '#server/push/push-events.ts'
import { readPush } from '#server/push/reading/read-push.ts'
import { streamChanges } from '#server/stream/change-stream.ts'
import { strandedHands } from '#server/supervision/stranded-hands.ts'
import { dismiss, readmit, reclaim, revoke } from '#server/supervision/supervise.ts'
import { HeldReader } from '#tests/server/support/held-reader.ts'
import { asAuthenticated, contextOfMall, serverFacts } from '#tests/server/support/mall-context.ts'
import { TestConnection } from '#tests/server/support/test-connection.ts'
import { MORNING, TestMall } from '#tests/server/support/test-mall.ts'
import { eventually } from '#tests/support/eventually.ts'

const BY: DecidedBy = { officerId: 'gede' }
const MINUTE_MS = 60_000

/** A counter with D-001 called and D-002 in its hand, heard of just now. */
async function busyCounter() {
  const mall = await TestMall.start()
  const desk = await mall.frontDesk()
  const counter = await mall.counter('dukcapil-1')
  const connection = new TestConnection(counter)
  await connection.greet()
  await counter.open()
  await desk.issue('D-001', 'ktp')
  await desk.issue('D-002', 'ktp')
  const [called] = await counter.grants()
  if (!called) throw new Error('nothing was granted')
  counter.recordCall(called)
  await counter.push()
  await connection.heartbeat()
  return { mall, desk, counter, connection, called, context: await contextOfMall(mall) }
}

describe('a hand is stranded', () => {
  test('not while its counter is heard of', async () => {
    const { mall, context } = await busyCounter()
    mall.now += MINUTE_MS
    expect(await strandedHands(mall.db, context)).toEqual([])
  })

  test('when its counter is silent for more than a minute', async () => {
    const { mall, counter, context } = await busyCounter()
    mall.now += MINUTE_MS + 1
    expect(await strandedHands(mall.db, context)).toMatchObject([
      {
        deviceId: counter.id,
        counterId: 'dukcapil-1',
        reason: 'SILENT',
        silentSince: MORNING,
        entries: [
          { label: 'D-001', status: 'called' },
          { label: 'D-002', status: 'waiting' },
        ],
      },
    ])
  })

  test('when another PC opened the counter', async () => {
    const { mall, counter, context } = await busyCounter()
    await (await mall.counter('dukcapil-1')).open()
    expect(await strandedHands(mall.db, context)).toMatchObject([{ deviceId: counter.id, reason: 'SESSION_OVER' }])
  })

  test('when its device is in doubt', async () => {
    const { mall, connection, context } = await busyCounter()
    await connection.hello({ nonce: 'other' })
    expect(await strandedHands(mall.db, context)).toMatchObject([{ reason: 'IN_DOUBT' }])
  })
})

describe('reclaim', () => {
  test('of a healthy desk is refused', async () => {
    const { counter, context } = await busyCounter()
    await expect(reclaim(context, counter.id, BY)).rejects.toMatchObject({ code: 'NOT_STRANDED' })
  })

  test('of a device of nobody is refused', async () => {
    const { context } = await busyCounter()
    await expect(reclaim(context, randomUUID(), BY)).rejects.toMatchObject({ code: 'UNKNOWN_DEVICE' })
  })

  test('lets everything wait again, ends the session, and deals to whoever is open', async () => {
    const { mall, counter, context } = await busyCounter()
    mall.now += 2 * MINUTE_MS
    const other = await mall.counter('dukcapil-2')
    await new TestConnection(other).greet()
    await other.open()

    await reclaim(context, counter.id, BY)

    expect(await mall.entries()).toMatchObject([
      { label: 'D-001', status: 'waiting', device_id: other.id, called_at: null },
      { label: 'D-002', status: 'waiting', device_id: other.id },
    ])
    expect(await strandedHands(mall.db, context)).toEqual([])
    expect(await counter.told('session_over')).toEqual([{ kind: 'session_over', counterId: 'dukcapil-1', epoch: 1 }])
    expect(await counter.grants()).toEqual([])
  })

  test('is a fact of the server itself, with what was taken and who decided', async () => {
    const { mall, counter, called, context } = await busyCounter()
    mall.now += 2 * MINUTE_MS

    await reclaim(context, counter.id, BY)

    expect((await serverFacts(mall)).at(-1)).toMatchObject({
      type: 'counter.reclaimed',
      by: BY,
      at: mall.now,
      data: {
        deviceId: counter.id,
        counterId: 'dukcapil-1',
        epoch: 1,
        entries: [{ visitId: called.visitId, entryNo: 1, grant: called.grant }, { entryNo: 1 }],
      },
    })
  })

  test('reaches a stream that stalled: what lay unread of the hand is not told when it goes on', async () => {
    const { mall, desk, counter, context } = await busyCounter()
    const issue = async (label: string) => {
      desk.recordIssue(label, 'ktp')
      await pushEvents(context, asAuthenticated(desk), readPush(desk.piece(desk.chain.length)))
    }
    const out = new HeldReader()
    const streamed = streamChanges(context, asAuthenticated(counter), out, {
      after: 0,
      heartbeatMs: MINUTE_MS,
      isPacked: false,
    })
    await eventually(() => expect(out.isCaughtUp).toBe(true))
    out.hold()
    for (const label of ['D-003', 'D-004', 'D-005']) await issue(label)
    mall.now += 2 * MINUTE_MS
    await reclaim(context, counter.id, BY)
    const other = await mall.counter('dukcapil-2')
    await other.open()
    out.release()
    const told = () => out.told.flat().map(({ change }) => change)
    await eventually(() => expect(told()).toContainEqual({ kind: 'session_over', counterId: 'dukcapil-1', epoch: 1 }))

    expect((await mall.entries()).at(-1)).toMatchObject({ label: 'D-005', device_id: other.id })
    const granted = told().flatMap((change) => (change.kind === 'granted' ? change.grant.label : []))
    // Those two were under way already.
    expect(granted).toEqual(['D-001', 'D-002', 'D-003', 'D-004'])
    out.destroy()
    await streamed
  })

  test('is known to the desk by its next hello, and it gets a new session when it opens again', async () => {
    const { mall, counter, connection, context } = await busyCounter()
    mall.now += 2 * MINUTE_MS
    await reclaim(context, counter.id, BY)

    expect((await connection.greet()).session).toEqual({ epoch: 1, mine: false, open: false })
    expect(await counter.open()).toBe(2)
  })

  test('does not undo what the desk did all the same: its late call is flagged and competes', async () => {
    const { mall, counter, called, context } = await busyCounter()
    mall.now += 2 * MINUTE_MS
    await reclaim(context, counter.id, BY)
    counter.recordServing(called)

    const { findings } = await counter.push()

    expect(findings).toContainEqual({ seq: counter.chain.length, code: 'RECLAIMED' })
    expect((await mall.entries())[0]).toMatchObject({ label: 'D-001', status: 'serving', device_id: counter.id })
  })

  test('and served elsewhere meanwhile: the stronger claim counts, the other is told', async () => {
    const { mall, counter, called, context } = await busyCounter()
    mall.now += 2 * MINUTE_MS
    const other = await mall.counter('dukcapil-2')
    await other.open()
    await reclaim(context, counter.id, BY)
    const again = (await other.grants()).find((grant) => grant.label === 'D-001')
    if (!again) throw new Error('D-001 was not dealt again')
    other.recordCall(again)
    other.recordServing(again)
    await other.push()
    counter.record({ type: 'entry.called_again', data: { visitId: called.visitId, entryNo: 1, times: 2 } })

    const { findings } = await counter.push()

    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['RECLAIMED', 'SUPERSEDED']))
    expect((await mall.entries())[0]).toMatchObject({ status: 'serving', device_id: other.id })
    expect(await counter.told('superseded')).toHaveLength(1)
  })

  test('leaves an absent visitor with the counter that called', async () => {
    const { mall, counter, called, context } = await busyCounter()
    counter.record({ type: 'entry.no_show', data: { visitId: called.visitId, entryNo: 1, calls: 1 } })
    await counter.push()
    mall.now += 2 * MINUTE_MS

    await reclaim(context, counter.id, BY)

    expect(await mall.entries()).toMatchObject([{ status: 'no_show', device_id: counter.id }, { device_id: null }])
  })
})

describe('readmit', () => {
  test('of a device that is not in doubt is refused', async () => {
    const { counter, context } = await busyCounter()
    await expect(readmit(context, counter.id, BY)).rejects.toMatchObject({ code: 'NOT_IN_DOUBT' })
  })

  test('reclaims the hand and lets the device begin a new chain', async () => {
    const { mall, counter, connection, context } = await busyCounter()
    const copy = new TestConnection(counter, connection)
    await connection.greet()
    await connection.greet()
    await copy.hello()
    await readmit(context, counter.id, BY)

    const reply = await connection.greet()

    expect(reply).toMatchObject({
      generation: 2,
      ackedSeq: 0,
      headHash: '0'.repeat(64),
      assertNeeded: false,
      session: { epoch: 1, mine: false, open: false },
    })
    expect((await mall.entries()).map(({ status, device_id }) => [status, device_id])).toEqual([
      ['waiting', null],
      ['waiting', null],
    ])
    counter.beginGeneration(2)
    await connection.greet({ headSeq: 0 })
    expect(await counter.open()).toBe(2)
    expect((await mall.eventsOf(counter)).map(({ generation, seq }) => [generation, seq])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
    ])
    expect((await serverFacts(mall)).map(({ type }) => type).slice(-2)).toEqual([
      'counter.reclaimed',
      'device.readmitted',
    ])
  })

  test('takes the rest of the old chain first', async () => {
    const { counter, connection, called, context } = await busyCounter()
    counter.recordServing(called)
    await connection.hello({ nonce: 'other' })
    await readmit(context, counter.id, BY)
    await connection.greet()

    expect((await counter.push()).ackedSeq).toBe(3)
  })

  test('does not readmit the other twin: it is in doubt again as soon as the first one was heard of', async () => {
    const { counter, connection, context } = await busyCounter()
    const twin = new TestConnection(counter, connection)
    await connection.hello({ nonce: 'other' })
    await readmit(context, counter.id, BY)
    await connection.greet()
    await connection.heartbeat()

    expect(await twin.hello()).toMatchObject({ body: { code: 'DEVICE_IN_DOUBT' } })
  })

  test('whose answer is lost is simply told again', async () => {
    const { counter, connection, context } = await busyCounter()
    await connection.hello({ nonce: 'other' })
    await readmit(context, counter.id, BY)

    await connection.hello()
    expect(await connection.greet()).toMatchObject({ generation: 2 })
  })
})

describe('revoke', () => {
  test('ends the token and the stream, and what the device holds can be reclaimed', async () => {
    const { mall, counter, connection, context } = await busyCounter()
    const stream = await counter.changes()
    await stream.untilCaughtUp()
    await revoke(context, counter.id, BY)

    expect(await connection.hello()).toMatchObject({ status: 401, body: { code: 'UNAUTHORISED' } })
    expect(await strandedHands(mall.db, context)).toMatchObject([{ deviceId: counter.id, reason: 'SILENT' }])
    await reclaim(context, counter.id, BY)
    expect((await mall.entries()).map(({ device_id }) => device_id)).toEqual([null, null])
    expect((await serverFacts(mall)).map(({ type }) => type).slice(-2)).toEqual(['device.revoked', 'counter.reclaimed'])
    await stream.close()
  })
})

test('dismissing a device that nothing waits for is refused', async () => {
  const { counter, context } = await busyCounter()
  await expect(dismiss(context, counter.id, BY)).rejects.toMatchObject({ code: 'NOT_BEHIND_BARRIER' })
})

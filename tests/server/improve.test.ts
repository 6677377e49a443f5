/** Improving a hand with what nobody holds, over HTTP. */
import { describe, expect, test } from 'vitest'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall } from '#tests/server/support/test-mall.ts'

async function issueMany(desk: TestDevice, serviceId: string, prefix: string, count: number): Promise<void> {
  for (let n = 1; n <= count; n += 1) desk.recordIssue(`${prefix}-${String(n).padStart(3, '0')}`, serviceId)
  await desk.push()
}

describe('improving the hand', () => {
  async function contested(issued: number) {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const one = await mall.counter('dukcapil-1')
    const two = await mall.counter('dukcapil-2')
    await one.open()
    await two.open()
    await issueMany(desk, 'ktp', 'D', issued)
    return { mall, desk, one, two }
  }

  test('grants a priority entry that waits undealt behind a full hand, once', async () => {
    const { desk, one } = await contested(7)
    await desk.issue('D-900', 'ktp', { priority: 'disability' })

    const first = await one.improve()
    expect(first).toMatchObject([{ label: 'D-900' }])
    expect(await one.improve()).toEqual(first)
  })

  test('takes one entry above a full hand, however many better ones were given back and however often it asks', async () => {
    const mall = await TestMall.start()
    const desk = await mall.frontDesk()
    const one = await mall.counter('dukcapil-1')
    const leaving = await mall.counter('dukcapil-2')
    const staying = await mall.counter('dukcapil-3')
    await leaving.open()
    await one.open()
    await staying.open()
    await issueMany(desk, 'ktp', 'D', 9)
    for (const { visitId, entryNo, grant } of await leaving.grants()) {
      leaving.record({ type: 'entry.released', data: { visitId, entryNo, grant } })
    }
    leaving.record({ type: 'counter.closed', data: { counterId: 'dukcapil-2', epoch: 1 } })
    await leaving.push()
    // As if everything that is held had come after what was given back.
    await mall.db
      .updateTable('entry')
      .set((eb) => ({ ord: eb('ord', '+', 100) }))
      .where('device_id', 'is not', null)
      .execute()

    const held = (await one.grants()).length
    const first = await one.improve()
    expect(first).toHaveLength(1)
    expect(await one.improve()).toEqual(first)
    expect(await one.grants()).toHaveLength(held + 1)
  })

  test('leaves the hand alone when what waits ranks behind it, and says what is the best of it', async () => {
    const { one } = await contested(9)
    const hand = await one.grants()

    expect(await one.improve()).toEqual(hand.slice(0, 1))
    expect(await one.grants()).toEqual(hand)
  })

  test('two counters that ask at the same time never get the same entry', async () => {
    const { desk, one, two } = await contested(6)
    desk.recordIssue('D-900', 'ktp', { priority: 'elderly' })
    desk.recordIssue('D-901', 'ktp', { priority: 'elderly' })
    await desk.push()

    const answers = await Promise.all([one.improve(), two.improve(), one.improve(), two.improve()])

    const [a, b, again, andAgain] = answers.map((grants) => grants.map((grant) => grant.label).join())
    expect([a, b].toSorted()).toEqual(['D-900', 'D-901'])
    expect([again, andAgain]).toEqual([a, b])
  })

  test('a granted entry comes by the stream too', async () => {
    const { desk, one } = await contested(6)
    await desk.issue('D-900', 'ktp', { priority: 'child' })
    const [grant] = await one.improve()

    expect(await one.grants()).toContainEqual(grant)
  })

  test('asks for the session: another epoch or a closed counter gets nothing', async () => {
    const { one } = await contested(1)
    const notOpen = { status: 409, body: { code: 'COUNTER_NOT_OPEN' } }
    expect(await one.call('/v1/hands/improve', { epoch: 2 })).toMatchObject(notOpen)
    await one.act({ type: 'counter.closed', data: { counterId: 'dukcapil-1', epoch: 1 } })
    expect(await one.call('/v1/hands/improve', { epoch: 1 })).toMatchObject(notOpen)
  })
})

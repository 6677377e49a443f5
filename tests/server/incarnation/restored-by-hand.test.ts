import { describe, expect, test } from 'vitest'
import { afterRestore, asserted, backAgain, beforeTheLoss, copyByHand } from '#tests/server/support/lost-memory.ts'
import { serverFacts } from '#tests/server/support/mall-context.ts'

describe('a server restored by hand', () => {
  test('finds it out by a head that it signed and does not have, and begins a new incarnation once', async () => {
    const { mall, desk, one, two, backup } = await beforeTheLoss()
    await desk.device.issue('D-001', 'ktp')
    const [held] = await one.device.grants()
    if (!held) throw new Error('nothing was granted')
    one.device.recordCall(held)
    await one.connection.push()
    await one.connection.greet()
    await one.connection.greet()
    await mall.close()
    copyByHand(backup, mall.dataDir)
    const again = await backAgain(mall, desk.device, one.device, two.device)

    expect(await one.connection.greet()).toMatchObject({ incarnation: 2, assertNeeded: true, ackedSeq: 1 })
    await one.connection.assert([asserted(held, 'used')])
    expect(await one.connection.greet()).toMatchObject({ incarnation: 2, assertNeeded: false })
    expect(await two.connection.greet()).toMatchObject({ incarnation: 2, assertNeeded: true })
    expect((await serverFacts(again)).at(-1)).toMatchObject({
      type: 'incarnation.begun',
      data: { incarnation: 2, reason: 'found_restored' },
    })
  })

  test('ends the streams of everybody, so that they say hello', async () => {
    const { mall, one, two, backup } = await beforeTheLoss()
    one.device.record({ type: 'officer.signed_in', data: { officerId: 'made' } })
    await one.connection.push()
    await mall.close()
    copyByHand(backup, mall.dataDir)
    await backAgain(mall, one.device, two.device)
    const stream = await two.device.changes()
    await stream.untilCaughtUp()

    await one.connection.greet()

    await stream.ended
  })

  test('takes back the doubt that was only its own lost memory', async () => {
    const { mall, one, two, backup } = await beforeTheLoss()
    for (const { device, connection } of [one, two]) {
      device.record({ type: 'officer.signed_in', data: { officerId: 'made' } })
      await connection.push()
      await connection.heartbeat()
      await connection.greet()
      await connection.greet()
    }
    await mall.close()
    copyByHand(backup, mall.dataDir)
    const again = await backAgain(mall, one.device, two.device)
    await again.db.updateTable('device').set({ heartbeat_at: again.now }).execute()
    const { connection } = two
    // Without the signed head the new nonce looks like a stolen token.
    expect(await connection.hello({ signedHead: null })).toMatchObject({ body: { code: 'DEVICE_IN_DOUBT' } })
    await one.connection.greet()

    expect(await connection.greet()).toMatchObject({ incarnation: 2, assertNeeded: true })
  })

  test('does not believe a head that somebody else signed', async () => {
    const { one } = await beforeTheLoss()
    const signedHead = { generation: 1, seq: 99, hash: 'ab'.repeat(32), signature: 'A'.repeat(86) }
    expect(await one.connection.greet({ signedHead, incarnation: 7 })).toMatchObject({
      incarnation: 1,
      assertNeeded: false,
    })
  })

  test('tells a forgotten incarnation from the one that has its number now', async () => {
    const { mall, one, two, backup } = await beforeTheLoss()
    for (const { device, connection } of [one, two]) {
      device.record({ type: 'officer.signed_in', data: { officerId: 'made' } })
      await connection.push()
    }
    const second = await afterRestore(mall, backup, one.device, two.device)
    await one.connection.greet()
    await one.connection.assert([])
    await second.close()
    copyByHand(backup, second.dataDir)
    await backAgain(second, one.device, two.device)

    // Cut off since the morning: what it finds out was found out before.
    expect(await two.connection.greet()).toMatchObject({ incarnation: 2, assertNeeded: true })
    expect(await one.connection.greet()).toMatchObject({ incarnation: 3, assertNeeded: true })
  })
})

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { backupDatabase } from '#server/backup/backup-database.ts'
import { dismiss } from '#server/supervision/supervise.ts'
import { afterRestore, asserted, beforeTheLoss } from '#tests/server/support/lost-memory.ts'
import { contextOfMall, serverFacts } from '#tests/server/support/mall-context.ts'
import { TODAY } from '#tests/server/support/test-mall.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

describe('after a restore', () => {
  test('a device must assert before anything else', async () => {
    const { mall, one, backup } = await beforeTheLoss()
    await afterRestore(mall, backup, one.device)

    expect(await one.device.call('/v1/config')).toMatchObject({ status: 409, body: { code: 'HELLO_NEEDED' } })
    expect(await one.connection.greet()).toMatchObject({ incarnation: 2, assertNeeded: true })
    expect(await one.device.call('/v1/config')).toMatchObject({ body: { code: 'HELLO_NEEDED' } })
    expect(await one.connection.assert([])).toEqual({ status: 200, body: { accepted: true } })
    expect((await one.device.call('/v1/config')).status).toBe(200)
    expect(await one.connection.greet()).toMatchObject({ incarnation: 2, assertNeeded: false })
  })

  test('an assertion to another incarnation is told to say hello', async () => {
    const { mall, one, backup } = await beforeTheLoss()
    await afterRestore(mall, backup, one.device)
    expect(await one.connection.assert([])).toMatchObject({ body: { code: 'HELLO_NEEDED' } })
  })

  test('what was lost is pushed again, and custody is as the counters say', async () => {
    const { mall, desk, one, backup } = await beforeTheLoss()
    const visitId = await desk.device.issue('D-001', 'ktp')
    await desk.device.issue('D-002', 'ktp')
    const [called, held] = await one.device.grants()
    if (!called || !held) throw new Error('nothing was granted')
    one.device.recordCall(called)
    await one.connection.push()

    const again = await afterRestore(mall, backup, desk.device, one.device)
    expect(await again.entries()).toEqual([])
    await one.connection.greet()
    await one.connection.assert([asserted(called, 'used'), asserted(held, 'held')])

    expect(await again.entries()).toMatchObject([
      { visit_id: visitId, label: 'D-001', device_id: one.device.id, grant_incarnation: 1, born_incarnation: 1 },
      { label: 'D-002', status: 'waiting', device_id: one.device.id, grant_incarnation: 1, born_incarnation: 1 },
    ])
    const { ackedSeq } = await one.connection.greet()
    one.device.reconnect(again.url, ackedSeq)
    expect((await one.connection.push()).findings).toEqual([])
    const { ackedSeq: deskAcked } = await desk.connection.greet()
    await desk.connection.assert([], { session: null })
    desk.device.reconnect(again.url, deskAcked)
    expect((await desk.connection.push()).findings).toEqual([])
    expect(await again.entries()).toMatchObject([
      { label: 'D-001', status: 'called', device_id: one.device.id },
      { label: 'D-002', status: 'waiting', device_id: one.device.id },
    ])
  })

  test('asserting again changes nothing', async () => {
    const { mall, desk, one, backup } = await beforeTheLoss()
    await desk.device.issue('D-001', 'ktp')
    const [held] = await one.device.grants()
    if (!held) throw new Error('nothing was granted')
    const again = await afterRestore(mall, backup, one.device)
    await one.connection.greet()
    await one.connection.assert([asserted(held, 'held')])
    const before = await again.entries()

    expect(await one.connection.assert([])).toMatchObject({ body: { accepted: true } })
    expect(await again.entries()).toEqual(before)
  })

  test('what the backup gave a counter and it does not have is free again', async () => {
    const { mall, desk, one, two } = await beforeTheLoss()
    await desk.device.issue('D-001', 'ktp')
    await desk.device.issue('D-002', 'ktp')
    const [first, second] = await one.device.grants()
    if (!first || !second) throw new Error('nothing was granted')
    const backup = join(tempFolder(), 'later.db')
    backupDatabase(mall.dataDir, backup)
    one.device.recordReleased(first)
    await one.connection.push()
    await two.device.open()
    const again = await afterRestore(mall, backup, one.device, two.device)

    await one.connection.greet()
    await one.connection.assert([asserted(first, 'released')])

    expect(await again.entries()).toMatchObject([
      { label: 'D-001', device_id: null },
      { label: 'D-002', device_id: null },
    ])
    expect(await one.device.grants()).toEqual([])
  })

  test('nothing old is dealt until everybody has asserted or was dismissed; new entries flow', async () => {
    const { mall, desk, one, two } = await beforeTheLoss()
    await two.device.open()
    await one.device.act({
      type: 'counter.closed',
      data: { counterId: 'dukcapil-1', epoch: one.device.epoch ?? 1 },
    })
    await desk.device.issue('K-01', 'kk')
    const backup = join(tempFolder(), 'later.db')
    backupDatabase(mall.dataDir, backup)
    const again = await afterRestore(mall, backup, desk.device, one.device, two.device)
    await desk.connection.greet()
    await desk.connection.assert([], { session: null })
    desk.device.reconnect(again.url, desk.device.chain.length)
    await one.connection.greet()
    await one.connection.assert([])
    one.device.reconnect(again.url, one.device.chain.length)
    await one.device.open()

    await desk.device.issue('K-1001', 'kk')
    expect(await again.entries()).toMatchObject([
      { label: 'K-01', device_id: null },
      { label: 'K-1001', device_id: one.device.id },
    ])

    await dismiss(await contextOfMall(again), two.device.id, 'technician')
    expect((await again.entries())[0]).toMatchObject({ label: 'K-01', device_id: one.device.id })
    expect((await serverFacts(again)).slice(-2)).toMatchObject([
      { type: 'incarnation.begun', data: { incarnation: 2, reason: 'restored' } },
      { type: 'device.dismissed', by: 'technician', data: { deviceId: two.device.id, incarnation: 2 } },
    ])
  })

  test('an enrolled PC that never said hello holds nobody up', async () => {
    const { mall, one, two } = await beforeTheLoss()
    await mall.counter('dukcapil-3')
    const later = join(tempFolder(), 'later.db')
    backupDatabase(mall.dataDir, later)
    const again = await afterRestore(mall, later, one.device, two.device)

    const waited = await again.db.selectFrom('barrier').select('device_id').execute()
    expect(waited.map((row) => row.device_id).toSorted()).toEqual([one.device.id, two.device.id].toSorted())
  })

  test('numbers go on in a fresh series', async () => {
    const { mall, desk, backup } = await beforeTheLoss()
    const lease = () =>
      desk.device.call('/v1/number-leases', {
        requestId: crypto.randomUUID(),
        serviceId: 'kk',
        businessDate: TODAY,
      })
    expect((await lease()).body).toMatchObject({ from: 1, to: 20 })
    await afterRestore(mall, backup, desk.device)
    await desk.connection.greet()
    await desk.connection.assert([], { session: null })

    expect((await lease()).body).toMatchObject({ from: 101, to: 120 })
  })

  test('numbers begin anew once more when the same backup is put back a second time', async () => {
    const { mall, desk, backup } = await beforeTheLoss()
    const again = await afterRestore(mall, backup, desk.device)
    await afterRestore(again, backup, desk.device)
    await desk.connection.greet()
    await desk.connection.assert([], { session: null })
    const lease = { requestId: crypto.randomUUID(), serviceId: 'kk', businessDate: TODAY }

    // The series from 101 may be on paper: this database has forgotten the restore that began it.
    expect((await desk.device.call('/v1/number-leases', lease)).body).toMatchObject({ from: 201, to: 220 })
  })

  test('a session that the backup does not know goes on under its epoch', async () => {
    const { mall, two, backup } = await beforeTheLoss()
    await two.device.open()
    await afterRestore(mall, backup, two.device)
    await two.connection.greet()
    await two.connection.assert([])

    expect((await two.connection.greet()).session).toEqual({ epoch: 1, mine: true, open: true })
  })

  test('another PC that opened the counter since keeps it, whatever epoch the first one knows', async () => {
    const { mall, two, backup } = await beforeTheLoss()
    await two.device.open()
    const again = await afterRestore(mall, backup, two.device)
    const other = await again.counter('dukcapil-2')
    const epoch = await other.open()

    await two.connection.greet()
    await two.connection.assert([])

    expect(epoch).toBeGreaterThan(1)
    expect((await two.connection.greet()).session).toEqual({ epoch, mine: false, open: true })
  })
})

import { copyFileSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Grant } from '#contract/wire.ts'
import { backupDatabase } from '#server/backup/backup-database.ts'
import { restoreDatabase } from '#server/backup/restore-database.ts'
import { DATABASE_FILE } from '#server/store/open.ts'
import { dismiss } from '#server/supervision/supervise.ts'
import { contextOfMall, serverFacts } from '#tests/server/support/mall-context.ts'
import { TestConnection } from '#tests/server/support/test-connection.ts'
import type { TestDevice } from '#tests/server/support/test-device.ts'
import { TestMall, TODAY } from '#tests/server/support/test-mall.ts'
import { tempFolder } from '#tests/support/temp-folder.ts'

async function counterOf(mall: TestMall, counterId: string) {
  const device = await mall.counter(counterId)
  const connection = new TestConnection(device)
  await connection.greet()
  return { device, connection }
}

/** Two counters for `ktp`, a front desk, and a backup of the moment before anything was issued. */
async function beforeTheLoss() {
  const mall = await TestMall.start()
  const front = { device: await mall.frontDesk() }
  const desk = { ...front, connection: new TestConnection(front.device) }
  await desk.connection.greet()
  const one = await counterOf(mall, 'dukcapil-1')
  const two = await counterOf(mall, 'dukcapil-2')
  await one.device.open()
  const backup = join(tempFolder(), 'mall.db')
  backupDatabase(mall.dataDir, backup)
  return { mall, desk, one, two, backup }
}

/** The same folder with the backup in it; every device finds the server again. */
async function afterRestore(mall: TestMall, backup: string, ...devices: readonly TestDevice[]): Promise<TestMall> {
  await mall.close()
  await restoreDatabase(mall.dataDir, backup, mall.now)
  return backAgain(mall, ...devices)
}

async function backAgain(mall: TestMall, ...devices: readonly TestDevice[]): Promise<TestMall> {
  const again = await TestMall.start({ dataDir: mall.dataDir })
  for (const device of devices) device.reconnect(again.url, 0)
  return again
}

const asserted = ({ order: _order, ...grant }: Grant, state: 'held' | 'used' | 'released' | 'void') => ({
  ...grant,
  state,
})

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
    const { mall, one, two, backup } = await beforeTheLoss()
    await mall.counter('dukcapil-3')
    const later = join(tempFolder(), 'later.db')
    backupDatabase(mall.dataDir, later)
    const again = await afterRestore(mall, later, one.device, two.device)
    expect(existsSync(backup)).toBe(true)

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
})

describe('backup and restore of the file', () => {
  test('a backup is made while the server works, and is never overwritten', async () => {
    const { mall, backup } = await beforeTheLoss()
    expect(() => backupDatabase(mall.dataDir, backup)).toThrow(expect.objectContaining({ code: 'FILE_EXISTS' }))
    expect(readdirSync(join(backup, '..'))).toEqual(['mall.db'])
  })

  test('nothing is restored under a running server', async () => {
    const { mall, backup } = await beforeTheLoss()
    await expect(restoreDatabase(mall.dataDir, backup, mall.now)).rejects.toMatchObject({ code: 'DATA_IN_USE' })
  })

  test.each([
    ['no database at all', 'hello', 'DATABASE_BROKEN'],
    ['an empty file', '', 'DATABASE_FOREIGN'],
  ])('%s is refused and the present database stays', async (_what, content, code) => {
    const { mall } = await beforeTheLoss()
    await mall.close()
    const file = join(tempFolder(), 'other.db')
    writeFileSync(file, content)

    await expect(restoreDatabase(mall.dataDir, file, mall.now)).rejects.toMatchObject({ code })
    expect(readdirSync(mall.dataDir)).toContain(DATABASE_FILE)
  })

  test('the database that was there is kept beside, and no incarnation is used twice', async () => {
    const { mall, backup } = await beforeTheLoss()
    await mall.close()
    const first = await restoreDatabase(mall.dataDir, backup, mall.now)
    const second = await restoreDatabase(mall.dataDir, backup, mall.now + 1_000)

    expect([first.incarnation, second.incarnation]).toEqual([2, 3])
    expect(readdirSync(mall.dataDir).toSorted()).toEqual([
      'mall-before-restore-20261116T010000.db',
      'mall-before-restore-20261116T010001.db',
      'mall.db',
      'server.lock',
    ])
  })

  test('a database that cannot be read any more is replaced and kept', async () => {
    const { mall, backup } = await beforeTheLoss()
    await mall.close()
    writeFileSync(join(mall.dataDir, DATABASE_FILE), 'broken')

    expect(await restoreDatabase(mall.dataDir, backup, mall.now)).toMatchObject({ incarnation: 2 })
    expect((await TestMall.start({ dataDir: mall.dataDir })).url).toBeTruthy()
  })
})

/** As somebody would who does not know the command. */
function copyByHand(backup: string, dataDir: string): void {
  for (const name of readdirSync(dataDir)) if (name.startsWith(DATABASE_FILE)) rmSync(join(dataDir, name))
  copyFileSync(backup, join(dataDir, DATABASE_FILE))
}
